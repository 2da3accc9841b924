// A combobox searches on the server while typing. What was typed without choosing is posted as text for the server to resolve.
let waiting;
const parts = box => ({ input: box.querySelector('[role="combobox"]'), value: box.querySelector('[type="hidden"]'), list: box.querySelector('[role="listbox"]') });
const chosen = list => list.querySelector('[aria-selected="true"]');

function close(box) {
  const { input, list } = parts(box);
  list.hidden = true;
  input.setAttribute('aria-expanded', 'false');
  input.removeAttribute('aria-activedescendant');
}

function choose(box, option) {
  const { input, list } = parts(box);
  chosen(list)?.setAttribute('aria-selected', 'false');
  option?.setAttribute('aria-selected', 'true');
  option?.scrollIntoView({ block: 'nearest' });
  if (option) input.setAttribute('aria-activedescendant', option.id);
}

function take(box, option) {
  const { input, value } = parts(box);
  input.value = option.dataset.label;
  value.value = option.dataset.value;
  value.dispatchEvent(new Event('change', { bubbles: true }));
  close(box);
}

async function search(box) {
  const { input, list } = parts(box);
  const typed = input.value;
  const path = box.getAttribute('data-combobox');
  const response = await fetch(`${path}${path.includes('?') ? '&' : '?'}q=${encodeURIComponent(typed)}`, { credentials: 'same-origin' }).catch(() => null);
  if (!response?.ok || input.value !== typed || document.activeElement !== input) return;
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  list.replaceChildren(...page.body.childNodes);
  list.querySelectorAll('[role="option"]').forEach((option, i) => { option.id = `${list.id}-${i}`; });
  list.hidden = false;
  input.setAttribute('aria-expanded', 'true');
  choose(box, list.querySelector('[role="option"]'));
}

const boxOf = event => event.target.closest?.('[data-combobox]');

document.addEventListener('input', event => {
  const box = boxOf(event);
  if (!box || event.target.getAttribute('role') !== 'combobox') return;
  parts(box).value.value = '';
  clearTimeout(waiting);
  waiting = setTimeout(() => search(box), 150);
});
document.addEventListener('focusin', event => {
  const box = boxOf(event);
  if (box && event.target.getAttribute('role') === 'combobox') search(box);
});
document.addEventListener('focusout', event => boxOf(event) && setTimeout(close, 150, boxOf(event)));
document.addEventListener('pointerdown', event => {
  const option = event.target.closest?.('[data-combobox] [role="option"]');
  if (!option) return;
  event.preventDefault();
  take(option.closest('[data-combobox]'), option);
});
document.addEventListener('keydown', event => {
  const box = boxOf(event);
  if (!box || event.isComposing || parts(box).list.hidden) return;
  const { list } = parts(box);
  const all = [...list.querySelectorAll('[role="option"]')];
  const at = all.indexOf(chosen(list));
  if (event.key === 'ArrowDown') choose(box, all[(at + 1) % all.length]);
  else if (event.key === 'ArrowUp') choose(box, all[(at - 1 + all.length) % all.length]);
  else if (event.key === 'Enter' && chosen(list)) take(box, chosen(list));
  else if (event.key === 'Escape') close(box);
  else return;
  event.preventDefault();
});
