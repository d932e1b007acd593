// Reads the alerts that fire, with what they say, a part at a time.

import type { AlertDocument, AlertState } from '../model/alert.ts';
import type { ReadModel } from './read-model.ts';

/** An alert that fires. */
export interface FiringAlert {
  readonly alert: AlertState;
  readonly document: AlertDocument;
}

const STRIDE = 1000;

/** All alerts that fire, by fingerprint; they may change while they are read. */
export async function* firingAlerts(readModel: Pick<ReadModel, 'alerts' | 'documents'>): AsyncGenerator<FiringAlert> {
  for (let after: string | null = null; ; ) {
    const part = await readModel.alerts({ after, limit: STRIDE });
    const firing = part.flatMap(({ record }) => (record.status === 'firing' ? [record] : []));
    const documents = await readModel.documents(firing.map(({ fingerprint }) => fingerprint));
    for (const alert of firing) {
      const document = documents.get(alert.fingerprint);
      if (document !== undefined) yield { alert, document };
    }
    const last = part.at(-1);
    if (last === undefined || part.length < STRIDE) return;
    after = last.position;
  }
}
