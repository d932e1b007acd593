// How many alerts a second are accepted: durably in Redis by Winnow, into memory by Alertmanager.

import { forkDestination } from '../destination-process.ts';
import { type Bench, measureBoth, type Row, withSubject } from '../figure.ts';
import { sendLoad } from '../load-process.ts';
import type { SubjectName } from '../subject.ts';

/** Alerts in one request, and in all. */
const LOADS = [
  { perRequest: 1, alerts: 30_000 },
  { perRequest: 10, alerts: 60_000 },
  { perRequest: 100, alerts: 120_000 },
] as const;

/** Measures alerts accepted a second at 1, 10 and 100 alerts a request, on empty data each time. */
export async function intake(bench: Bench): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const load of LOADS) {
    const rates = await measureBoth((name) => accepted(bench, name, load));
    rows.push({ figure: `accepted, ${load.perRequest} a request`, unit: 'alerts/s', ...rates });
  }
  return rows;
}

async function accepted(bench: Bench, name: SubjectName, { perRequest, alerts }: (typeof LOADS)[number]): Promise<number> {
  const destination = await forkDestination();
  try {
    return await withSubject(bench, name, { destination: destination.url, alerts }, async (subject) => {
      const { seconds } = await sendLoad({ to: name, url: subject.intakeUrl, first: 0, alerts, perRequest });
      return alerts / seconds;
    });
  } finally {
    await destination.close();
  }
}
