// The bell: listens for notices while the page is looked at, keeps the count, shows urgent ones as toasts, and lets parts marked
// data-refresh load themselves anew. A click opens the latest; without scripts, or with a modifier, it is a link to all of them.
const bell = document.querySelector('[data-bell]');
const panel = document.querySelector('#bell-panel');
// What came after the page was made is told on listening.
let stream, last = bell?.dataset.last, told, retry;

function count(unread) {
  const badge = bell.querySelector('.count');
  badge.hidden = unread === 0;
  badge.textContent = unread > 99 ? '99+' : unread;
  const label = unread ? bell.dataset.some.replace('{0}', unread) : bell.dataset.none;
  bell.setAttribute('aria-label', label);
  bell.title = label;
}

async function fetched(url) {
  const response = await fetch(url, { credentials: 'same-origin' });
  return response.ok && !response.redirected ? new DOMParser().parseFromString(await response.text(), 'text/html') : null;
}

// Lists that were gone on with are read as far again; false when that cannot be.
async function deepened(part, fresh) {
  for (const { id, dataset } of part.querySelectorAll('[data-pages]')) {
    const list = fresh.querySelector(`#${id}`);
    for (let pages = 2; list && pages <= dataset.pages; pages++) {
      const more = fresh.querySelector(`[data-append][data-swap="#${id}"]`);
      if (!more) break;
      const next = await fetched(more.href).catch(() => null);
      if (!next) return false;
      list.append(...(next.getElementById(id)?.children ?? []));
      list.dataset.pages = pages;
      for (const beside of more.dataset.with?.split(' ') ?? []) fresh.querySelector(beside)?.replaceWith(next.querySelector(beside) ?? '');
    }
  }
  return true;
}

async function refresh() {
  const parts = [...document.querySelectorAll('[data-refresh]')].filter(part => !part.contains(document.activeElement) || document.activeElement.matches('a'));
  if (!parts.length) return;
  const page = await fetched(location.href).catch(() => null);
  for (const part of page ? parts : []) {
    const fresh = page.getElementById(part.id);
    if (!fresh || !await deepened(part, fresh) || !part.isConnected) continue;
    part.replaceWith(fresh);
    document.dispatchEvent(new CustomEvent('granary:swapped', { detail: { target: fresh } }));
  }
}

async function open() {
  const page = await fetched(bell.dataset.latest).catch(() => null);
  if (!page) return location.assign(bell.href);
  panel.firstElementChild.replaceChildren(...page.body.childNodes);
  panel.hidden = false;
}

function listen() {
  clearTimeout(retry);
  if (stream || document.hidden) return;
  stream = new EventSource(`${bell.dataset.bell}?after=${last}`);
  stream.addEventListener('bell', event => {
    const beat = JSON.parse(event.data);
    // The first ring of a page says how it stands: the page knows that, but for what is fresh.
    const changed = told || beat.fresh;
    [last, told] = [event.lastEventId, true];
    count(beat.unread);
    for (const toast of beat.toasts) document.dispatchEvent(new CustomEvent('granary:toast', { detail: toast }));
    if (changed) refresh();
    if (changed && !panel.hidden) open();
  });
  // The browser comes back by itself, but for an answer that is no stream.
  stream.addEventListener('error', () => {
    if (stream?.readyState !== EventSource.CLOSED) return;
    stop();
    retry = setTimeout(listen, 30000);
  });
}

function stop() {
  stream?.close();
  stream = undefined;
}

if (bell && panel) {
  bell.addEventListener('click', event => {
    if (event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    if (panel.hidden) open(); else panel.hidden = true;
  });
  document.addEventListener('click', event => { if (!panel.contains(event.target) && !bell.contains(event.target)) panel.hidden = true; });
  document.addEventListener('keydown', event => {
    if (event.key !== 'Escape' || panel.hidden) return;
    panel.hidden = true;
    bell.focus();
  });
  document.addEventListener('visibilitychange', () => document.hidden ? stop() : listen());
  addEventListener('pagehide', stop);
  addEventListener('pageshow', listen);
  listen();
}
