// Links and forms with data-swap="#id" replace that part of the page instead of loading all of it; the address follows.
// The server answers with the whole page or with the part alone. data-append adds the part's children (with data-with="#a #b"
// replaced beside it, and data-pages counting how far it went), data-auto submits a filter form while it is being changed. Whatever fails falls back to a plain load.
const same = url => new URL(url, location.href).origin === location.origin;

async function swap(url, options, source) {
  const selector = source.getAttribute('data-swap');
  const target = document.querySelector(selector);
  const append = source.hasAttribute('data-append');
  target.setAttribute('aria-busy', 'true');
  try {
    const response = await fetch(url, { ...options, headers: { 'X-Swap': selector, ...options?.headers }, credentials: 'same-origin' });
    if (response.redirected && !same(response.url)) return location.assign(response.url);
    if (!response.headers.get('content-type')?.includes('text/html')) return location.assign(response.url);
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    const part = page.querySelector(selector);
    if (!part && (response.redirected || page.querySelector('main'))) return location.assign(response.url);
    if (append) {
      target.append(...part.children);
      target.dataset.pages = Number(target.dataset.pages ?? 1) + 1;
    }
    else if (part) target.replaceWith(part);
    else target.replaceChildren(...page.body.childNodes);
    for (const beside of source.getAttribute('data-with')?.split(' ') ?? []) {
      const fresh = page.querySelector(beside);
      // More rows may be the last; an answer with errors says nothing about the rest of the page.
      if (fresh || append) document.querySelector(beside)?.replaceWith(fresh ?? '');
    }
    for (const toast of page.querySelectorAll('#toasts > *')) document.querySelector('#toasts')?.append(toast);
    if (page.title) document.title = page.title;
    if (!append) history.pushState({ swap: selector }, '', response.url);
    document.dispatchEvent(new CustomEvent('granary:swapped', { detail: { target: document.querySelector(selector) } }));
  } catch {
    if (options?.method === 'POST') document.dispatchEvent(new CustomEvent('granary:failed'));
    else location.assign(url);
  } finally {
    document.querySelector(selector)?.removeAttribute('aria-busy');
  }
}

const swappable = element => element?.getAttribute('data-swap') && document.querySelector(element.getAttribute('data-swap'));

document.addEventListener('click', event => {
  const link = event.target.closest?.('a[data-swap]');
  if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || !same(link.href) || !swappable(link)) return;
  event.preventDefault();
  swap(link.href, {}, link);
});

document.addEventListener('submit', event => {
  const form = event.target;
  if (event.defaultPrevented || !swappable(form)) return;
  event.preventDefault();
  const action = event.submitter?.getAttribute('formaction') ?? form.action;
  const data = new FormData(form, event.submitter);
  if (form.method === 'post') return swap(action, { method: 'POST', body: data }, form);
  const url = new URL(action, location.href);
  url.search = new URLSearchParams([...data].filter(([, value]) => value !== '')).toString();
  swap(url.href, {}, form);
});

let waiting;
document.addEventListener('input', event => {
  const form = event.target.form;
  if (!form?.hasAttribute('data-auto') || event.target.type !== 'search' || !swappable(form)) return;
  clearTimeout(waiting);
  waiting = setTimeout(() => form.requestSubmit(), 250);
});

addEventListener('popstate', () => location.reload());
