// Server-sent events: an element with data-live="/path" listens there. An event "html" replaces its content, "done" ends the
// stream and swaps to data-live-then. Hidden pages do not listen; a stream that stays broken leaves the page as it was.
const streams = new Map();

function listen(element) {
  const stream = new EventSource(element.getAttribute('data-live'));
  streams.set(element, stream);
  stream.addEventListener('html', event => {
    element.replaceChildren(...new DOMParser().parseFromString(event.data, 'text/html').body.childNodes);
    document.dispatchEvent(new CustomEvent('granary:swapped', { detail: { target: element } }));
  });
  stream.addEventListener('toast', event => document.dispatchEvent(new CustomEvent('granary:toast', { detail: JSON.parse(event.data) })));
  stream.addEventListener('done', () => {
    drop(element);
    element.removeAttribute('data-live');
    const then = element.getAttribute('data-live-then');
    if (then) location.assign(then);
  });
}

function drop(element) {
  streams.get(element)?.close();
  streams.delete(element);
}

function settle() {
  for (const element of streams.keys()) if (document.hidden || !element.isConnected) drop(element);
  if (!document.hidden) document.querySelectorAll('[data-live]').forEach(element => streams.has(element) || listen(element));
}

settle();
document.addEventListener('visibilitychange', settle);
document.addEventListener('granary:swapped', settle);
