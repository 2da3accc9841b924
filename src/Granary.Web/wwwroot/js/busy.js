// A form is sent once: its button shows that it is under way until the page or the part has come.
const free = form => {
  delete form.dataset.sent;
  for (const button of form.querySelectorAll('[aria-busy]')) button.removeAttribute('aria-busy');
};

document.addEventListener('submit', event => {
  const form = event.target;
  if (form.method === 'dialog' || form.method === 'get') return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = 'true';
  event.submitter?.setAttribute('aria-busy', 'true');
});

const freeAll = () => document.querySelectorAll('form[data-sent]').forEach(free);
document.addEventListener('granary:swapped', freeAll);
document.addEventListener('granary:failed', freeAll);
addEventListener('pageshow', freeAll);
