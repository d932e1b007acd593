// How many messages a second reach a destination without limits, each about an incident, or a group, of its own.

import { APART } from '../alerts.ts';
import { forkDestination } from '../destination-process.ts';
import { type Bench, measureBoth, type Row, withSubject } from '../figure.ts';
import { sendLoad } from '../load-process.ts';
import { type SubjectName, untilTold } from '../subject.ts';

const ALERTS = 10_000;
const PER_REQUEST = 100;

/** Measures messages a second, one for each of 10,000 alerts that have nothing in common. */
export async function messages(bench: Bench): Promise<readonly Row[]> {
  return [{ figure: 'messages, one for each alert', unit: 'messages/s', ...(await measureBoth((name) => told(bench, name))) }];
}

async function told(bench: Bench, name: SubjectName): Promise<number> {
  const destination = await forkDestination();
  try {
    return await withSubject(bench, name, { destination: destination.url, alerts: 0 }, async (subject) => {
      const sent = sendLoad({ to: name, url: subject.intakeUrl, first: 0, alerts: ALERTS, perRequest: PER_REQUEST, step: APART });
      const [{ startedAt }, endedAt] = await Promise.all([sent, untilTold(subject, ALERTS).then(() => Date.now())]);
      return ALERTS / ((endedAt - startedAt) / 1000);
    });
  } finally {
    await destination.close();
  }
}
