// What silencing an incident by one button takes: which alerts fire in it and elsewhere, and silences as over REST.

import type { Labels } from '../model/labels.ts';
import { type Silence, silenceState } from '../model/silence.ts';
import type { SilenceRequest } from '../model/silence-document.ts';
import { firingAlerts } from './firing-alerts.ts';
import { type SilenceDependencies, setSilence } from './set-silence.ts';

/** Looks up what fires, and makes silences. */
export interface IncidentSilencing {
  /** The labels of the alerts of an incident that fire; null when there is no such incident. */
  firingIn(incidentId: string): Promise<readonly Labels[] | null>;
  /** The labels of those that fire and are not in it. */
  firingElsewhere(incidentId: string): Promise<readonly Labels[]>;
  /** The silences that are in force. */
  active(): Promise<readonly Silence[]>;
  /** Makes a silence, or changes the one whose id is given; resolves to its id. */
  set(request: SilenceRequest): Promise<string>;
}

/** Makes it of what the API works with. */
export function incidentSilencing({ readModel, commands, now }: SilenceDependencies): IncidentSilencing {
  return {
    async firingIn(incidentId) {
      if ((await readModel.incident(incidentId)) === null) return null;
      const members = (await readModel.members([incidentId])).get(incidentId) ?? [];
      const firing = members.flatMap(({ status, fingerprint }) => (status === 'firing' ? [fingerprint] : []));
      return [...(await readModel.documents(firing)).values()].map(({ labels }) => labels);
    },
    async firingElsewhere(incidentId) {
      const elsewhere: Labels[] = [];
      for await (const { alert, document } of firingAlerts(readModel)) if (alert.membership?.incidentId !== incidentId) elsewhere.push(document.labels);
      return elsewhere;
    },
    active: async () => (await readModel.silences()).filter((silence) => silenceState(silence, now()) === 'active'),
    set: async (request) => (await setSilence(request, { readModel, commands, now })).id,
  };
}
