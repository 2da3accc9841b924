// data-passkey="create|get" on a form: shown where the browser has passkeys, it asks for one before it is sent. data-options is
// where the question comes from; the answer goes along in the field "credential". What fails says so in data-passkey-failed.
const able = window.PublicKeyCredential?.parseRequestOptionsFromJSON && navigator.credentials;

const show = () => able && document.querySelectorAll('form[data-passkey][hidden]').forEach(form => { form.hidden = false; });
show();
document.addEventListener('granary:swapped', show);

async function ask(form) {
  const answer = await fetch(form.getAttribute('data-options'), { method: 'POST', body: new FormData(form), credentials: 'same-origin' });
  if (!answer.ok) throw new Error(`${answer.status}`);
  const options = await answer.json();
  const create = form.getAttribute('data-passkey') === 'create';
  const publicKey = create ? PublicKeyCredential.parseCreationOptionsFromJSON(options) : PublicKeyCredential.parseRequestOptionsFromJSON(options);
  return create ? navigator.credentials.create({ publicKey }) : navigator.credentials.get({ publicKey });
}

document.addEventListener('submit', async event => {
  const form = event.target;
  if (!form.hasAttribute('data-passkey') || form.dataset.asked) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const failed = form.querySelector('[data-passkey-failed]');
  failed.hidden = true;
  try {
    form.elements.namedItem('credential').value = JSON.stringify(await ask(form));
    form.dataset.asked = 'true';
    form.requestSubmit();
  } catch {
    failed.hidden = false;
  }
}, true);
