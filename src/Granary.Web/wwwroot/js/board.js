// The board of opportunities: a card that is dragged into another column posts the form that stands on it. Whoever uses no mouse, or no
// script, chooses the stage on the card itself.
let dragged = null;

document.addEventListener('dragstart', event => {
  dragged = event.target.closest?.('[data-board-card]') ?? null;
  if (!dragged) return;
  event.dataTransfer.effectAllowed = 'move';
  event.dataTransfer.setData('text/plain', '');
  dragged.classList.add('dragged');
});

document.addEventListener('dragend', () => {
  dragged?.classList.remove('dragged');
  document.querySelectorAll('.board-column.over').forEach(column => column.classList.remove('over'));
  dragged = null;
});

document.addEventListener('dragover', event => {
  const column = dragged && event.target.closest?.('[data-board-stage]');
  if (!column) return;
  event.preventDefault();
  document.querySelectorAll('.board-column.over').forEach(other => other !== column && other.classList.remove('over'));
  column.classList.add('over');
});

document.addEventListener('drop', event => {
  const column = dragged && event.target.closest?.('[data-board-stage]');
  if (!column) return;
  event.preventDefault();
  const stage = column.getAttribute('data-board-stage');
  const form = dragged.querySelector('form');
  const select = form?.querySelector('select[name=stage]');
  if (!select || dragged.closest('[data-board-stage]') === column) return;
  select.value = stage;
  form.requestSubmit();
});
