// Toasts close by themselves after a while, never while pointed at, and dangers only by hand. Any script can show one:
// document.dispatchEvent(new CustomEvent('granary:toast', { detail: { tone: 'ok', text: '…' } })).
const area = document.querySelector('#toasts');
const texts = JSON.parse(document.querySelector('meta[name="granary-texts"]').content);

function dress(toast) {
  const close = document.createElement('button');
  close.className = 'icon-button';
  close.setAttribute('aria-label', texts.close);
  close.textContent = '×';
  close.addEventListener('click', () => toast.remove());
  toast.append(close);
  if (toast.classList.contains('danger')) return;
  let timer = setTimeout(() => toast.remove(), 6000);
  toast.addEventListener('pointerenter', () => clearTimeout(timer));
  toast.addEventListener('pointerleave', () => { timer = setTimeout(() => toast.remove(), 2500); });
}

function show(tone, text) {
  const toast = document.createElement('div');
  toast.className = `toast ${tone}`;
  const words = document.createElement('p');
  words.textContent = text;
  toast.append(words);
  area.append(toast);
}

if (area) {
  [...area.children].forEach(dress);
  new MutationObserver(changes => changes.forEach(change => change.addedNodes.forEach(node => node.nodeType === 1 && dress(node)))).observe(area, { childList: true });
  document.addEventListener('granary:toast', event => show(event.detail.tone ?? 'neutral', event.detail.text));
  document.addEventListener('granary:failed', () => show('danger', texts.failed));
}
