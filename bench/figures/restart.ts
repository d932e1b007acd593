// How soon Winnow is ready again after a restart with many active alerts. Alertmanager forgets its alerts on a restart.

import { forkDestination } from '../destination-process.ts';
import { type Bench, type Row, withSubject } from '../figure.ts';
import { sendLoad } from '../load-process.ts';
import { untilTold } from '../subject.ts';

const ALERTS = 100_000;
const PER_REQUEST = 100;

/** Measures the time from the start of the process until `/-/ready` answers 200, with 100,000 active alerts in its data. */
export async function restart(bench: Bench): Promise<readonly Row[]> {
  const destination = await forkDestination();
  try {
    const seconds = await withSubject(bench, 'winnow', { destination: destination.url, alerts: ALERTS }, async (subject) => {
      await sendLoad({ to: 'winnow', url: subject.intakeUrl, first: 0, alerts: ALERTS, perRequest: PER_REQUEST });
      await untilTold(subject, ALERTS);
      await subject.stop();
      const again = await subject.restart();
      await again.stop();
      return again.readyAfter / 1000;
    });
    return [{ figure: `ready with ${ALERTS.toLocaleString('en')} active alerts`, unit: 's', winnow: seconds, alertmanager: null }];
  } finally {
    await destination.close();
  }
}
