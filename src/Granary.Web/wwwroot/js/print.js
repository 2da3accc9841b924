// A button with data-print prints the page; without scripts it is not there, and the browser's own menu does it.
const show = () => document.querySelectorAll('[data-print][hidden]').forEach(button => { button.hidden = false; });
show();
new MutationObserver(show).observe(document.body, { childList: true, subtree: true });
document.addEventListener('click', event => { if (event.target.closest('[data-print]')) window.print(); });
