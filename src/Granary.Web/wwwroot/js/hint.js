// A form with data-hint="/path" asks the server for a hint while it is filled in, with the fields named Input.Company and
// Input.Phone, and shows the answer in data-hint-target. Answers that come late are dropped.
const asked = ['Input.Company', 'Input.Phone'];
let waiting;
let turn = 0;

async function ask(form) {
  const mine = ++turn;
  const words = new URLSearchParams(asked.map(name => [name, form.elements[name]?.value ?? '']));
  const response = await fetch(`${form.dataset.hint}?${words}`, { credentials: 'same-origin' }).catch(() => null);
  if (mine !== turn || !response?.ok) return;
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  document.querySelector(form.dataset.hintTarget)?.replaceChildren(...page.body.childNodes);
}

document.addEventListener('input', event => {
  const form = event.target.form;
  if (!form?.dataset.hint || !asked.includes(event.target.name)) return;
  clearTimeout(waiting);
  waiting = setTimeout(ask, 300, form);
});
