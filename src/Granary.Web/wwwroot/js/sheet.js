// A link with data-sheet="#id" opens that part of its page in a dialog instead of going there, so that a list stays where it is.
// The form in it is sent as an ordinary one: the page it leads back to says what became of it. Whatever fails goes to the page.
document.addEventListener('click', async event => {
  const link = event.target.closest?.('a[data-sheet]');
  if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  const response = await fetch(link.href, { credentials: 'same-origin' }).catch(() => null);
  const page = response?.ok && !response.redirected ? new DOMParser().parseFromString(await response.text(), 'text/html') : null;
  const part = page?.querySelector(link.getAttribute('data-sheet'));
  if (!part?.querySelector('form')) return location.assign(link.href);
  const dialog = document.createElement('dialog');
  dialog.className = 'dialog sheet';
  dialog.setAttribute('aria-label', page.querySelector('h1')?.parentElement.textContent.trim() ?? link.title);
  dialog.append(part);
  part.querySelector('form').removeAttribute('data-swap');
  dialog.addEventListener('close', () => {
    dialog.remove();
    link.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
  dialog.querySelector('textarea')?.focus();
});
