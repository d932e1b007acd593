// How an event that somebody waits for ended.

import type { Evidence } from '../model/evidence.ts';
import type { ActionTaken } from './event.ts';

/** That it was done, with the incident that it is about from now on, if one; or why it was not. */
export type EventResult =
  | {
      readonly ok: true;
      readonly incidentId: string | null;
      /** How many records were added, where records were given. */
      readonly added?: number;
    }
  | {
      readonly ok: false;
      readonly code: 'not-found' | 'already-resolved' | 'not-failed' | 'not-possible' | 'key-reused' | 'not-decided';
      readonly detail: string;
    };

/** The answer to what cannot be done with an incident that is over. */
export const RESOLVED: EventResult = { ok: false, code: 'already-resolved', detail: 'the incident is resolved already' };

/** The comment of an action as evidence. */
export function saidIn({ comment }: Pick<ActionTaken, 'comment'>): readonly Evidence[] {
  return comment === null ? [] : [{ kind: 'comment', summary: comment }];
}
