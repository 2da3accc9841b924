// A button with data-copy="#field" copies what stands in the field; without scripts it is not there, and the field can be selected.
const show = () => document.querySelectorAll('[data-copy][hidden]').forEach(button => { button.hidden = false; });
show();
new MutationObserver(show).observe(document.body, { childList: true, subtree: true });
document.addEventListener('click', event => {
  const field = document.querySelector(event.target.closest('[data-copy]')?.dataset.copy ?? 'x-none');
  if (!field) return;
  field.select();
  navigator.clipboard?.writeText(field.value);
});
