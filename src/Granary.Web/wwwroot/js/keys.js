// The keyboard in lists and everywhere: j/k, x, Enter, /, n, ?, and any element with data-key="c" (in the row at hand first).
const typing = element => element.closest?.('input:not([type="checkbox"]):not([type="radio"]), textarea, select, [contenteditable], dialog[open]');
const rows = () => [...document.querySelectorAll('table[data-rows] > tbody > tr')].filter(row => row.offsetParent);
const here = () => document.querySelector('tr.at');

function move(by) {
  const all = rows();
  if (!all.length) return;
  const now = here();
  const next = all[Math.min(all.length - 1, Math.max(0, all.indexOf(now) + by))];
  now?.classList.remove('at');
  next.classList.add('at');
  next.scrollIntoView({ block: 'nearest' });
  next.querySelector('a[href]')?.focus({ preventScroll: true });
}

const actions = {
  j: () => move(1),
  k: () => move(-1),
  x: () => here()?.querySelector('.pick')?.click(),
  '/': () => (document.querySelector('[data-search-list]') ?? document.querySelector('[data-search]'))?.focus(),
  '?': () => document.querySelector('#keys')?.showModal(),
};

document.addEventListener('keydown', event => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target)) return;
  const own = [here(), document].map(place => place?.querySelector(`[data-key="${CSS.escape(event.key)}"]`)).find(Boolean);
  const act = own ? () => own.click() : actions[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

// A click on a row beside its links and controls opens it; with Ctrl/Cmd in a new tab, as a link would.
document.addEventListener('click', event => {
  const row = event.target.closest?.('tr[data-href]');
  if (!row || event.target.closest('a, button, input, label, summary, select') || getSelection().toString()) return;
  if (event.ctrlKey || event.metaKey) open(row.dataset.href, '_blank', 'noopener');
  else location.assign(row.dataset.href);
});
