// The server writes the page. This fetches it again and changes in place what is different, so that nothing moves, what has the focus
// keeps it, and what plays goes on.
import { localize } from './times.js';

let isBusy = false;

export async function refresh() {
  if (isBusy) return;
  isBusy = true;
  try {
    const response = await fetch(location.href, { headers: { Accept: 'text/html' }, cache: 'no-store' });
    if (response.redirected) return location.replace(response.url); // What was waited for is there.
    tellAway(!response.ok);
    if (!response.ok) return;
    const fresh = new DOMParser().parseFromString(await response.text(), 'text/html');
    localize(fresh);
    for (const part of document.querySelectorAll('[data-live]')) {
      const now = fresh.getElementById(part.id);
      if (now) morph(part, now);
    }
    const every = fresh.querySelector('main').dataset.every;
    if (every) document.querySelector('main').dataset.every = every;
    else delete document.querySelector('main').dataset.every;
    tellNews(fresh);
  } catch {
    tellAway(true); // The network or the service; the next time it may be back.
  } finally {
    isBusy = false;
  }
}

export function follow() {
  const every = document.querySelector('main').dataset.every;
  if (!every) return;
  setTimeout(async () => {
    if (!document.hidden) await refresh();
    follow();
  }, every * 1000);
}

function tellAway(isAway) {
  const place = document.querySelector('.away');
  const text = isAway ? place?.dataset.text : '';
  if (place && place.textContent !== text) place.textContent = text;
}

// Calls and contracts that are newer than the list are told of, not pushed into it.
function tellNews(fresh) {
  const place = document.querySelector('.news');
  if (!place) return;
  const calls = [...fresh.querySelectorAll('.calls > li')];
  const known = calls.findIndex(call => document.getElementById(call.id));
  const count = known < 0 ? calls.length : known;
  if (!count) return;
  const text = count === 1 ? place.dataset.one : place.dataset.more.replace('{0}', count);
  if (place.textContent === text) return;
  const link = place.querySelector('a') ?? place.appendChild(document.createElement('a'));
  link.href = location.pathname + location.search;
  link.textContent = text;
}

function morph(from, to) {
  if (from.isEqualNode(to)) return;
  if (from.nodeName !== to.nodeName || from.id !== to.id) return from.replaceWith(document.importNode(to, true));
  if (from.nodeType !== Node.ELEMENT_NODE) {
    from.data = to.data;
    return;
  }
  for (const { name } of [...from.attributes]) if (!to.hasAttribute(name)) from.removeAttribute(name);
  for (const { name, value } of to.attributes) if (from.getAttribute(name) !== value) from.setAttribute(name, value);
  const [before, after] = [[...from.childNodes], [...to.childNodes]];
  after.forEach((child, place) => before[place] ? morph(before[place], child) : from.append(document.importNode(child, true)));
  before.slice(after.length).forEach(child => child.remove());
}
