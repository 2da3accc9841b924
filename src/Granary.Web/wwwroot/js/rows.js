// Rows of an editor: the server renders a new one (GET data-row-add?index=n), removing renumbers the rest, so that the form's
// names stay Name[0], Name[1] … without a gap.
function renumber(editor) {
  const name = editor.getAttribute('data-rows-editor');
  const pattern = new RegExp(`(${name.replace(/[.[\]]/g, '\\$&')})\\[\\d+\\]`);
  editor.querySelectorAll('[data-row]').forEach((row, i) => {
    for (const control of row.querySelectorAll('[name]')) control.name = control.name.replace(pattern, `$1[${i}]`);
    row.querySelector('[data-row-remove]').value = i;
  });
}

document.addEventListener('click', async event => {
  const button = event.target.closest?.('[data-row-add], [data-row-remove]');
  if (!button) return;
  event.preventDefault();
  const editor = button.closest('[data-rows-editor]');
  if (button.hasAttribute('data-row-remove')) {
    button.closest('[data-row]').remove();
    editor.querySelector('[data-row-add]').focus();
    return renumber(editor);
  }
  const list = editor.querySelector('[data-rows-list]');
  const path = button.getAttribute('data-row-add');
  const response = await fetch(`${path}${path.includes('?') ? '&' : '?'}index=${list.children.length}`, { credentials: 'same-origin' }).catch(() => null);
  if (!response?.ok) return document.dispatchEvent(new CustomEvent('granary:failed'));
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  list.append(...page.querySelectorAll('[data-row]'));
  renumber(editor);
  list.lastElementChild?.querySelector('input, select, textarea')?.focus();
});
