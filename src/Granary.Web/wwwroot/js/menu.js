// Menus are <details>: one open at a time, closed by Esc (focus returns), by a click outside and after a choice.
const shut = (except) => document.querySelectorAll('details[data-menu][open]').forEach(menu => {
  if (menu !== except && !menu.contains(except)) menu.open = false;
});

document.addEventListener('click', event => {
  const menu = event.target.closest?.('details[data-menu]');
  shut(menu);
  if (menu && event.target.closest('.menu-panel > a, .menu-panel > button')) menu.open = false;
});

document.addEventListener('keydown', event => {
  const menu = document.querySelector('details[data-menu][open]');
  if (event.key === 'Escape') {
    const drawer = document.querySelector('#drawer:checked');
    if (drawer) drawer.checked = false;
    if (!menu) return;
    menu.open = false;
    menu.querySelector('summary').focus();
  } else if (menu && (event.key === 'ArrowDown' || event.key === 'ArrowUp') && !event.target.closest('input, select, textarea')) {
    const items = [...menu.querySelectorAll('.menu-panel :is(a, button)')];
    const at = items.indexOf(document.activeElement) + (event.key === 'ArrowDown' ? 1 : -1);
    items[(at + items.length) % items.length]?.focus();
    event.preventDefault();
  }
});

// Where a strip of tabs or steps is wider than the window, the one that is open stands in its middle.
for (const here of document.querySelectorAll(':is(.tabs, .stepper) > [aria-current]')) {
  const [strip, own] = [here.parentElement, here.getBoundingClientRect()];
  strip.scrollLeft += own.left - strip.getBoundingClientRect().left - (strip.clientWidth - own.width) / 2;
}
