// Silences as tests make them.

import type { SilenceEnded, SilenceSet } from '../../../../src/correlate/event.ts';
import { readMatchers } from '../../../../src/model/matcher-syntax.ts';
import type { Silence } from '../../../../src/model/silence.ts';
import { at } from '../scenario.ts';

/** What a test says of a silence: times of day, the alerts in memory that it matches. */
export interface Said {
  readonly id?: string;
  readonly from?: string;
  readonly until: string;
  readonly matched?: readonly string[];
}

/** A silence of ada's, who replaces a disk. */
export function silence(matchers: string, { id = 's1', from = '00:00', until }: Said): Silence {
  return { id, matchers: readMatchers(matchers), startsAt: at(from), endsAt: at(until), updatedAt: at(from), createdBy: 'ada', comment: 'replacing the disk' };
}

/** That it is made; its time is that of whoever plays it. */
export function silenced(matchers: string, said: Said): SilenceSet {
  return { kind: 'silence', receivedAt: 0, silence: silence(matchers, said), matched: said.matched ?? [] };
}

/** That bob ends it. */
export function unsilenced(id = 's1'): SilenceEnded {
  return { kind: 'silence-end', receivedAt: 0, id, by: 'bob' };
}
