// How many alerts a second go the whole way: from the first request until the destination was told of the last alert.

import { forkDestination } from '../destination-process.ts';
import { type Bench, measureBoth, type Row, withSubject } from '../figure.ts';
import { sendLoad } from '../load-process.ts';
import { type SubjectName, untilTold } from '../subject.ts';

const ALERTS = 60_000;
const PER_REQUEST = 100;

/** Measures alerts decided and told a second, in requests of 100. */
export async function decide(bench: Bench): Promise<readonly Row[]> {
  return [{ figure: 'decided and told, 100 a request', unit: 'alerts/s', ...(await measureBoth((name) => told(bench, name))) }];
}

async function told(bench: Bench, name: SubjectName): Promise<number> {
  const destination = await forkDestination();
  try {
    return await withSubject(bench, name, { destination: destination.url, alerts: ALERTS }, async (subject) => {
      const sent = sendLoad({ to: name, url: subject.intakeUrl, first: 0, alerts: ALERTS, perRequest: PER_REQUEST });
      const [{ startedAt }, endedAt] = await Promise.all([sent, untilTold(subject, ALERTS).then(() => Date.now())]);
      return ALERTS / ((endedAt - startedAt) / 1000);
    });
  } finally {
    await destination.close();
  }
}
