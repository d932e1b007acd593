// The sender of alerts, in a process of its own: distinct alerts over connections that are kept open, as fast as they are answered.

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import autocannon from 'autocannon';
import { encodePostableAlerts } from './alertmanager.ts';
import { alertAt } from './alerts.ts';
import type { SubjectName } from './subject.ts';
import { encodeWebhook } from './winnow.ts';

/** What to send. */
export interface Load {
  readonly to: SubjectName;
  readonly url: string;
  /** The number of the first alert, and how many follow from there. */
  readonly first: number;
  readonly alerts: number;
  readonly perRequest: number;
  /** How far apart their numbers are; 1 by default. */
  readonly step?: number;
}

/** How sending went. */
export interface LoadResult {
  /** Milliseconds since 1970 at the first request, and seconds until the last one was accepted. */
  readonly startedAt: number;
  readonly seconds: number;
  /** How many requests were answered with 503 and sent again. */
  readonly refused: number;
}

const CONNECTIONS = 30;
const TIMEOUT_SECONDS = 30;
/** How often requests that are refused with 503 are sent again, as Alertmanager does; after how many milliseconds. */
const MOST_ROUNDS = 20;
const PAUSE = 200;

/** Sends a load from a child process. Rejects when a request is not answered, or with other than 2xx and 503. */
export async function sendLoad(load: Load): Promise<LoadResult> {
  const child = fork(import.meta.filename, { stdio: 'inherit' });
  const exited = once(child, 'exit');
  child.send(load);
  const answer = await Promise.race([once(child, 'message'), exited.then(() => null)]);
  if (answer === null) throw new Error('the load could not be sent');
  await exited;
  const result = answer[0] as LoadResult | { readonly error: string };
  if ('error' in result) throw new Error(result.error);
  if (result.refused > 0) console.error(`${load.to} refused ${result.refused} requests for a while; they were sent again`);
  return result;
}

/** Sends a load from this process. All requests are made before the first is sent, and making them is not counted. */
async function send(load: Load): Promise<LoadResult | { readonly error: string }> {
  let waiting = bodiesOf(load);
  let refused = 0;
  let begun: number | null = null;
  for (let round = 1; ; round++) {
    const { since, until, answers } = await sendOnce(load.url, waiting);
    begun ??= since;
    const failed = [...answers.values()].filter((status) => status !== 503 && (status < 200 || status > 299));
    if (failed.length > 0 || answers.size < waiting.length) {
      return { error: `${load.to} answered ${answers.size} of ${waiting.length} requests, ${failed.length} with an error` };
    }
    waiting = waiting.filter((body) => answers.get(body) === 503);
    refused += waiting.length;
    if (waiting.length === 0) return { startedAt: begun, seconds: (until - begun) / 1000, refused };
    if (round === MOST_ROUNDS) return { error: `${load.to} refused ${waiting.length} requests ${round} times` };
    await sleep(PAUSE);
  }
}

function bodiesOf({ to, first, alerts, perRequest, step = 1 }: Load): readonly Buffer[] {
  const encode = { winnow: encodeWebhook, alertmanager: encodePostableAlerts }[to];
  const startsAt = new Date(Date.now() - 30_000).toISOString();
  return Array.from({ length: Math.ceil(alerts / perRequest) }, (_, i) => {
    const numbers = Array.from({ length: perRequest }, (_, k) => (first + i * perRequest + k) * step);
    return Buffer.from(encode(numbers.map((number) => alertAt(number, startsAt))));
  });
}

interface Answers {
  /** When the first request was sent and when the last answer came, in milliseconds since 1970; autocannon itself returns up to a second later. */
  readonly since: number;
  readonly until: number;
  /** The status that each body got. */
  readonly answers: ReadonlyMap<Buffer, number>;
}

/** Posts every body once. */
async function sendOnce(url: string, bodies: readonly Buffer[]): Promise<Answers> {
  const answers = new Map<Buffer, number>();
  const request = { method: 'POST', path: new URL(url).pathname, headers: { 'content-type': 'application/json' } };
  const connections = Math.min(CONNECTIONS, bodies.length);
  let connection = 0;
  let since = 0;
  let until = 0;
  const answered = (body: Buffer, status: number) => {
    answers.set(body, status);
    until = Date.now();
  };
  await autocannon({
    url,
    connections,
    amount: bodies.length,
    timeout: TIMEOUT_SECONDS,
    setupClient(client) {
      const own = bodies.filter((_, i) => i % connections === connection);
      connection += 1;
      client.setRequests(own.map((body) => ({ ...request, body, onResponse: (status: number) => answered(body, status) })));
      // All connections are made in one go, and nothing is sent before.
      since = Date.now();
    },
  });
  return { since, until, answers };
}

if (process.argv[1] === import.meta.filename) {
  const [load] = (await once(process, 'message')) as [Load];
  process.send?.(await send(load));
  process.disconnect();
}
