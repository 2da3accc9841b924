// Selection of rows: all on the page, a range with Shift, a count in the bulk bar. The bar itself appears by CSS.
const picks = () => [...document.querySelectorAll('.pick')];
let last;

function count() {
  const all = picks();
  const chosen = all.filter(box => box.checked).length;
  for (const place of document.querySelectorAll('[data-bulk-count]')) place.textContent = chosen.toLocaleString(document.documentElement.lang);
  for (const box of document.querySelectorAll('[data-pick-all]')) {
    box.checked = chosen > 0 && chosen === all.length;
    box.indeterminate = chosen > 0 && chosen < all.length;
  }
}

document.addEventListener('click', event => {
  const box = event.target;
  if (box.matches?.('[data-pick-all]')) picks().forEach(other => { other.checked = box.checked; });
  else if (box.matches?.('.pick')) {
    const all = picks();
    const [from, to] = [all.indexOf(last), all.indexOf(box)].sort((a, b) => a - b);
    if (event.shiftKey && from >= 0) all.slice(from, to + 1).forEach(other => { other.checked = box.checked; });
    last = box;
  } else return;
  count();
});

document.addEventListener('reset', event => event.target.matches('[data-bulk]') && setTimeout(() => {
  picks().forEach(box => { box.checked = false; });
  count();
}));
document.addEventListener('change', event => event.target.matches?.('.pick') && count());
document.addEventListener('granary:swapped', count);
count();
