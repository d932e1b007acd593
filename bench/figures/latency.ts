// How long it takes from posting one alert until the destination has the message about it, nothing else going on.

import { Agent, request } from 'node:http';
import { quantile } from 'simple-statistics';
import { encodePostableAlerts } from '../alertmanager.ts';
import { APART, alertAt, serviceOf } from '../alerts.ts';
import { startDestination } from '../destination.ts';
import { type Bench, measureBoth, type Row, withSubject } from '../figure.ts';
import type { Subject, SubjectName } from '../subject.ts';
import { encodeWebhook } from '../winnow.ts';

/** Alerts measured, after some that are not. */
const MEASURED = 1000;
const WARM_UP = 100;
const MESSAGE_WITHIN = 10_000;

/** Measures the time from a request to its message, median and 99th percentile. */
export async function latency(bench: Bench): Promise<readonly Row[]> {
  const times = await measureBoth((name) => messageTimes(bench, name));
  const at = (p: number) => ({ winnow: quantile(times.winnow, p), alertmanager: quantile(times.alertmanager, p) });
  return [
    { figure: 'request to message, p50', unit: 'ms', ...at(0.5) },
    { figure: 'request to message, p99', unit: 'ms', ...at(0.99) },
  ];
}

async function messageTimes(bench: Bench, name: SubjectName): Promise<number[]> {
  let arrived: (body: string) => void = () => undefined;
  const destination = await startDestination((body) => arrived(body));
  const agent = new Agent({ keepAlive: true });
  const encode = name === 'winnow' ? encodeWebhook : encodePostableAlerts;
  try {
    return await withSubject(bench, name, { destination: destination.url, alerts: 0 }, async (subject) => {
      const times: number[] = [];
      for (let i = 0; i < WARM_UP + MEASURED; i++) {
        const number = i * APART;
        const body = encode([alertAt(number, new Date().toISOString())]);
        const begun = performance.now();
        const message = new Promise<number>((resolve, reject) => {
          const late = setTimeout(() => reject(new Error(`${name} sent no message within ${MESSAGE_WITHIN / 1000} s`)), MESSAGE_WITHIN);
          arrived = (text) => {
            if (!text.includes(`${serviceOf(number)}"`)) return;
            clearTimeout(late);
            resolve(performance.now() - begun);
          };
        });
        const [took] = await Promise.all([message, post(subject, body, agent)]);
        if (i >= WARM_UP) times.push(took);
      }
      return times;
    });
  } finally {
    agent.destroy();
    await destination.close();
  }
}

function post({ name, intakeUrl }: Subject, body: string, agent: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const posting = request(intakeUrl, { method: 'POST', agent, headers }, (response) => {
      response.resume();
      response.on('end', () => {
        const { statusCode = 0 } = response;
        if (statusCode >= 200 && statusCode < 300) resolve();
        else reject(new Error(`${name} answered ${statusCode}`));
      });
    });
    posting.on('error', reject);
    posting.end(body);
  });
}
