// The sender of alerts, in a process of its own: distinct alerts over connections that are kept open, as fast as they are answered.

import { fork } from 'node:child_process';
import { once } from 'node:events';
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
}

/** How sending went. */
export interface LoadResult {
  /** Milliseconds since 1970 at the first request, and seconds until the last one was answered. */
  readonly startedAt: number;
  readonly seconds: number;
}

const CONNECTIONS = 30;
const TIMEOUT_SECONDS = 30;

/** Sends a load from a child process. Rejects when any request was not answered with 2xx. */
export async function sendLoad(load: Load): Promise<LoadResult> {
  const child = fork(import.meta.filename, { stdio: 'inherit' });
  const exited = once(child, 'exit');
  child.send(load);
  const answer = await Promise.race([once(child, 'message'), exited.then(() => null)]);
  if (answer === null) throw new Error('the load could not be sent');
  await exited;
  const result = answer[0] as LoadResult | { readonly error: string };
  if ('error' in result) throw new Error(result.error);
  return result;
}

/** Sends a load from this process. All bodies are made before the first request. */
async function send({ to, url, first, alerts, perRequest }: Load): Promise<LoadResult | { readonly error: string }> {
  const encode = { winnow: encodeWebhook, alertmanager: encodePostableAlerts }[to];
  const startsAt = new Date(Date.now() - 30_000).toISOString();
  const shares: Buffer[][] = [];
  for (let i = 0; i * perRequest < alerts; i++) {
    const numbers = Array.from({ length: perRequest }, (_, k) => first + i * perRequest + k);
    const body = Buffer.from(encode(numbers.map((number) => alertAt(number, startsAt))));
    const share = shares[i % CONNECTIONS];
    if (share === undefined) shares.push([body]);
    else share.push(body);
  }
  const requests = shares.reduce((sum, share) => sum + share.length, 0);
  const headers = { 'content-type': 'application/json' };
  const path = new URL(url).pathname;
  const unsent = [...shares];
  const startedAt = Date.now();
  const begun = performance.now();
  const result = await autocannon({
    url,
    connections: shares.length,
    amount: requests,
    timeout: TIMEOUT_SECONDS,
    setupClient: (client) => client.setRequests((unsent.shift() ?? []).map((body) => ({ method: 'POST', path, headers, body }))),
  });
  const seconds = (performance.now() - begun) / 1000;
  if (result['2xx'] !== requests)
    return { error: `${to} accepted ${result['2xx']} of ${requests} requests; ${result.non2xx} others were answered, ${result.errors} failed` };
  return { startedAt, seconds };
}

if (process.argv[1] === import.meta.filename) {
  const [load] = (await once(process, 'message')) as [Load];
  process.send?.(await send(load));
  process.disconnect();
}
