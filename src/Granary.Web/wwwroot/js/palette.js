// Ctrl/Cmd-K: searches while typing, arrows choose, Enter opens. Answers that come late are dropped.
const dialog = document.querySelector('#palette');
const input = dialog?.querySelector('input');
const list = dialog?.querySelector('.palette-results');
let waiting;
let turn = 0;

const options = () => [...list.querySelectorAll('a[href]')];
const chosen = () => list.querySelector('[aria-selected="true"]');

function choose(option) {
  chosen()?.removeAttribute('aria-selected');
  option?.setAttribute('aria-selected', 'true');
  option?.scrollIntoView({ block: 'nearest' });
  if (option) input.setAttribute('aria-activedescendant', option.id);
  else input.removeAttribute('aria-activedescendant');
}

async function search() {
  const mine = ++turn;
  const response = await fetch(`${dialog.dataset.source}?q=${encodeURIComponent(input.value)}`, { credentials: 'same-origin' }).catch(() => null);
  if (mine !== turn || !response?.ok) return;
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  list.replaceChildren(...page.body.childNodes);
  options().forEach((option, i) => { option.id = `palette-${i}`; option.setAttribute('role', 'option'); });
  choose(options()[0]);
}

function show(words = '') {
  input.value = words;
  if (!dialog.open) dialog.showModal();
  input.focus();
  search();
}

if (dialog) {
  document.addEventListener('keydown', event => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
      event.preventDefault();
      show();
    }
  });
  document.querySelector('[data-search]')?.addEventListener('input', event => {
    if (event.isComposing) return;
    show(event.target.value);
    event.target.value = '';
  });
  document.querySelector('[data-search]')?.addEventListener('compositionend', event => {
    show(event.target.value);
    event.target.value = '';
  });
  input.addEventListener('input', () => {
    clearTimeout(waiting);
    waiting = setTimeout(search, 120);
  });
  input.addEventListener('keydown', event => {
    if (event.isComposing) return;
    const all = options();
    const at = all.indexOf(chosen());
    if (event.key === 'ArrowDown') choose(all[(at + 1) % all.length]);
    else if (event.key === 'ArrowUp') choose(all[(at - 1 + all.length) % all.length]);
    else if (event.key === 'Enter' && chosen()) chosen().click();
    else return;
    event.preventDefault();
  });
}
