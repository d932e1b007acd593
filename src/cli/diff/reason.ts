// Why a run did not tell of what the other run told of.

import type { Suppression } from '../../model/evidence.ts';
import { formatInstant } from '../../model/time.ts';
import type { Notification } from '../replay/archive.ts';
import type { Match } from './match.ts';
import type { IncidentOutcome, Outcome } from './outcome.ts';

/** Whether people were told, by a message of its own, of at least one alert that the incident of the other run shares with this. */
export function tells({ incident, shared }: Match): boolean {
  if (incident.triggers.length === 0) return false;
  const counts = new Map<string, number>();
  for (const { fingerprint } of incident.untold) counts.set(fingerprint, (counts.get(fingerprint) ?? 0) + 1);
  return incident.alerts.some(({ fingerprint, occurrences }) => shared.includes(fingerprint) && occurrences > (counts.get(fingerprint) ?? 0));
}

/** Says it in one line, for a message about an incident to a receiver; `matches` are its counterparts in the run that lacks it. */
export function whyNot(told: IncidentOutcome, { receiver, at }: Notification, matches: readonly Match[], lacking: Outcome): string {
  const [best] = matches;
  if (best === undefined) {
    const ours = new Set(told.alerts.map(({ fingerprint }) => fingerprint));
    const why = lacking.elsewhere.find(({ fingerprint }) => ours.has(fingerprint));
    return why === undefined ? 'its alerts are in no incident' : inWords(why);
  }
  const { incident, shared } = best;
  const earlier = incident.triggers.find((other) => other.receiver === receiver);
  if (earlier !== undefined) {
    const because = incident.alerts.find(({ fingerprint, joinedBecause }) => shared.includes(fingerprint) && joinedBecause.length > 0)?.joinedBecause[0];
    const when = earlier.at === at ? '' : ` at ${formatInstant(earlier.at)}`;
    return `told${when} as part of ${incident.title}${because === undefined ? '' : `: ${because.summary}`}`;
  }
  const held = incident.untold.find(({ fingerprint }) => shared.includes(fingerprint)) ?? incident.untold[0];
  if (held !== undefined && !tells(best)) return inWords(held);
  if (!incident.receivers.includes(receiver)) return `not routed to ${receiver}, but to ${incident.receivers.join(', ') || 'nobody'}`;
  return incident.severity === told.severity ? 'not told to that receiver' : `its severity is ${incident.severity}`;
}

/** A decision not to tell in one line: the reason, the rule if one decided, and its evidence. */
function inWords({ reason, rule, evidence }: Suppression): string {
  const why = evidence[0]?.summary;
  return `${reason}${rule === null ? '' : ` ${JSON.stringify(rule)}`}${why === undefined ? '' : `: ${why}`}`;
}
