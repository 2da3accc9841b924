// The theme changes at once; the link behind it would do the same with a page load.
document.addEventListener('click', event => {
  const link = event.target.closest?.('a[data-theme-to]');
  if (!link || event.button || event.metaKey || event.ctrlKey) return;
  event.preventDefault();
  const theme = link.getAttribute('data-theme-to');
  document.documentElement.dataset.theme = theme;
  document.querySelector('meta[name="color-scheme"]').content = theme === 'auto' ? 'light dark' : theme;
  for (const other of document.querySelectorAll('a[data-theme-to]')) {
    if (other.getAttribute('data-theme-to') === theme) other.setAttribute('aria-current', 'true');
    else other.removeAttribute('aria-current');
  }
  fetch(link.href, { redirect: 'manual', credentials: 'same-origin' }).catch(() => {});
});
