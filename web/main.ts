// The page: shows what the address asks for, keeps it up to date, and does what people ask for.

import type { Incident } from './api.ts';
import { createClient, Refusal } from './client.ts';
import { filterHref } from './filter.ts';
import { type Html, html } from './html.ts';
import { keepUp } from './live.ts';
import { patch } from './patch.ts';
import { refusedHtml, tokenFormHtml } from './refused.ts';
import { relativeTime } from './relative-time.ts';
import { type Route, routeOf } from './route.ts';
import { snoozeEnd } from './snooze-end.ts';
import { countsHtml, ledgerHtml, windowTitle } from './summary.ts';
import { loadIncident, loadIncidents, loadSummary, loadSuppressions } from './views.ts';

const TOKEN = 'winnow-token';
const NAME = 'winnow-name';
/** How long a second press is waited for. */
const ARMED = 5_000;

const client = createClient({ fetch: (input, init) => fetch(input, init), token: () => sessionStorage.getItem(TOKEN) });
let route: Route = routeOf(location.hash);
let portions = 1;
let whole = new Set<string>();
let shown: Incident | null = null;
let title = '';
/** Grows with each address, so that what was fetched for another one is not shown. */
let turn = 0;
/** Whether what stands in the notice is that the service could not answer; it goes when it can. */
let troubled = false;
let heardAt = Date.now();
let streams = false;

const main = element('main');
const live = keepUp({
  client,
  refresh: () => refresh(turn),
  streaming(on) {
    streams = on;
    sayLive();
  },
  visible: () => document.visibilityState === 'visible',
});

window.addEventListener('hashchange', () => {
  route = routeOf(location.hash);
  [turn, portions, whole, shown] = [turn + 1, 1, new Set(), null];
  notice('');
  patch(main, html`<p class="nothing">Looking …</p>`);
  window.scrollTo(0, 0);
  void refresh(turn).then(() => main.focus({ preventScroll: true }));
});
document.addEventListener('visibilitychange', () => live.visibilityChanged());
document.addEventListener('click', (event) => {
  const button = event.target instanceof Element ? event.target.closest<HTMLElement>('button[data-action]') : null;
  if (button !== null) void act(button);
});
document.addEventListener('submit', (event) => {
  event.preventDefault();
  if (event.target instanceof HTMLFormElement) submitted(event.target);
});
document.addEventListener('change', ({ target }) => {
  if (target instanceof HTMLInputElement && target.name === 'by') localStorage.setItem(NAME, target.value);
});
setInterval(age, 5_000);

async function refresh(of: number): Promise<void> {
  try {
    const [summary, page] = await Promise.all([loadSummary(client), load()]);
    if (of !== turn) return;
    heardAt = Date.now();
    patch(element('counts'), countsHtml(summary.counts));
    patch(element('ledger'), ledgerHtml(summary.ledger));
    title = windowTitle(summary.counts);
    show(page);
    if (troubled) notice('');
  } catch (error) {
    if (of !== turn) return;
    if (!(error instanceof Refusal)) throw error;
    // A form that is being filled in stays as it is.
    if (error.status === 401 && document.getElementById('token') === null) show(tokenFormHtml(error.message));
    else if (error.status === 404 || error.status === 400) show(refusedHtml(error.message));
    else if (error.status !== 401 && error.status !== 0) {
      notice(error.message, true);
      troubled = true;
    }
  }
  sayLive();
}

async function load(): Promise<Html> {
  const asked = { portions, whole, asksWho: sessionStorage.getItem(TOKEN) === null };
  switch (route.view) {
    case 'incidents':
      return loadIncidents(client, route.filter, asked);
    case 'incident': {
      const { page, incident } = await loadIncident(client, route.id, asked);
      shown = incident;
      return page;
    }
    case 'suppressions':
      return loadSuppressions(client, asked);
    case 'unknown':
      return html`<p class="nothing">There is nothing at ${route.path}.</p>`;
  }
}

function show(page: Html): void {
  patch(main, page);
  document.title = route.view === 'incident' && shown !== null ? `${shown.title} · ${title}` : title;
  for (const link of document.querySelectorAll('nav a')) {
    const current = (link.getAttribute('href') === '#/suppressions') === (route.view === 'suppressions');
    link.setAttribute('aria-current', current ? 'page' : 'false');
  }
  const by = document.getElementById('by');
  if (by instanceof HTMLInputElement && by.value === '' && document.activeElement !== by) by.value = localStorage.getItem(NAME) ?? '';
}

async function act(button: HTMLElement): Promise<void> {
  const { action = '', hours = '', rank = '', correct = '', domain = '' } = button.dataset;
  switch (action) {
    case 'more':
      portions += 1;
      return refresh(turn);
    case 'whole':
      whole.add(domain);
      return refresh(turn);
    case 'acknowledge':
      return change('acknowledge', {}, 'Acknowledged.');
    case 'resolve':
      return armed(button) ? change('resolve', {}, 'Resolved.') : undefined;
    case 'snooze': {
      const until = snoozeEnd(hours, new Date());
      return change('snooze', { until: until.toISOString() }, `Snoozed until ${until.toLocaleString()}.`);
    }
    case 'feedback': {
      const cause = shown?.rootCauses.find((each) => String(each.rank) === rank);
      return cause === undefined ? undefined : change('feedback', { entity: cause.entity, correct: correct === 'true' }, 'Noted; the causes are ranked anew.');
    }
  }
}

async function change(action: string, more: object, done: string): Promise<void> {
  if (shown === null) return;
  const [by, comment] = [given('by'), given('comment')];
  try {
    await client.post(`api/v1/incidents/${encodeURIComponent(shown.id)}/${action}`, {
      ...more,
      ...(by === '' ? {} : { by }),
      ...(comment === '' ? {} : { comment }),
    });
    notice(done);
    const field = document.getElementById('comment');
    if (field instanceof HTMLInputElement) field.value = '';
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    notice(`Not done: ${error.message}.`, true);
  }
  await refresh(turn);
}

/** Whether a button was pressed a second time within some seconds: what ends an incident is not done by a slip. */
function armed(button: HTMLElement): boolean {
  if (button.dataset['armed'] !== undefined) return true;
  const text = button.textContent;
  button.dataset['armed'] = '';
  button.textContent = 'Resolve: press again';
  setTimeout(() => {
    delete button.dataset['armed'];
    button.textContent = text;
  }, ARMED);
  return false;
}

function submitted(form: HTMLFormElement): void {
  if (form.dataset['action'] === 'token') {
    sessionStorage.setItem(TOKEN, given('token').trim());
    patch(main, html`<p class="nothing">Looking …</p>`);
    live.visibilityChanged();
  }
  if (form.dataset['action'] === 'add-matcher' && route.view === 'incidents') {
    const matcher = given('matcher').trim();
    if (matcher !== '') location.hash = filterHref({ ...route.filter, matcher: [...route.filter.matcher, matcher] });
  }
}

function given(id: string): string {
  const field = document.getElementById(id);
  return field instanceof HTMLInputElement ? field.value : '';
}

function notice(text: string, bad = false): void {
  troubled = false;
  const place = element('notice');
  patch(place, text === '' ? html`` : html`<p class="${bad ? 'bad' : 'good'}">${text}</p>`);
}

function sayLive(): void {
  const quiet = Date.now() - heardAt > 25_000;
  const place = element('live');
  place.className = quiet ? 'stale' : streams ? 'live' : 'polling';
  const text = quiet ? `no answer for ${relativeTime(heardAt, Date.now(), 'length')}: what is shown may be old` : streams ? 'live' : 'looks every 15 s';
  // What has not changed is not read out again.
  if (place.textContent !== text) place.textContent = text;
}

function age(): void {
  const now = Date.now();
  for (const time of document.querySelectorAll('time')) {
    const text = relativeTime(Date.parse(time.dateTime), now, time.dataset['form'] === 'length' ? 'length' : 'ago');
    if (time.textContent !== text) time.textContent = text;
  }
  sayLive();
}

function element(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page has no element ${id}`);
  return found;
}
