// data-confirm="What will happen" on a button or form asks first, in a <dialog>. It listens in the capture phase, before
// anything sends the form. data-dialog="#id" opens a dialog of the page.
const texts = JSON.parse(document.querySelector('meta[name="granary-texts"]').content);

function ask(words, verb, tone) {
  const dialog = document.createElement('dialog');
  dialog.className = 'dialog small';
  const body = document.createElement('div');
  body.className = 'dialog-body';
  const text = document.createElement('p');
  text.textContent = words;
  const form = document.createElement('form');
  form.method = 'dialog';
  form.className = 'form-actions';
  for (const [value, label, kind] of [['', texts.cancel, ''], ['yes', verb || texts.confirm, tone]]) {
    const button = document.createElement('button');
    button.value = value;
    button.textContent = label;
    button.className = `button ${kind}`;
    form.append(button);
  }
  body.append(text, form);
  dialog.append(body);
  document.body.append(dialog);
  dialog.showModal();
  form.lastElementChild.focus();
  return new Promise(resolve => dialog.addEventListener('close', () => {
    dialog.remove();
    resolve(dialog.returnValue === 'yes');
  }));
}

document.addEventListener('submit', async event => {
  const form = event.target;
  const source = event.submitter?.hasAttribute('data-confirm') ? event.submitter : form;
  const words = source.getAttribute('data-confirm');
  if (!words || form.dataset.confirmed) return delete form.dataset.confirmed;
  event.preventDefault();
  event.stopImmediatePropagation();
  const { submitter } = event;
  const picked = document.querySelectorAll('.pick:checked').length;
  if (await ask(words.replace('{n}', picked), source.getAttribute('data-verb') ?? submitter?.textContent.trim(), submitter?.matches('.danger') ? 'danger' : 'primary')) {
    form.dataset.confirmed = 'true';
    form.requestSubmit(submitter);
  }
}, true);

const open = root => root.querySelectorAll('dialog[data-open]:not([open])').forEach(dialog => dialog.showModal());
open(document);
document.addEventListener('granary:swapped', event => event.detail.target && open(event.detail.target));
document.addEventListener('click', event => {
  const button = event.target.closest?.('[data-dialog]');
  if (button) document.querySelector(button.getAttribute('data-dialog'))?.showModal();
  else if (event.target instanceof HTMLDialogElement && event.target.open) {
    // A click on the backdrop arrives at the dialog itself, outside its box.
    const box = event.target.getBoundingClientRect();
    if (event.clientX < box.left || event.clientX > box.right || event.clientY < box.top || event.clientY > box.bottom) event.target.close();
  }
});
