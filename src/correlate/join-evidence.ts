// Why an alert joins an incident, in words, with what each reason adds to the log of the odds.

import type { Evidence } from '../model/evidence.ts';
import { DAY, formatDuration } from '../model/time.ts';
import { type Affinity, type Pull, rateOfPull } from './affinity.ts';
import type { Arrival } from './arrival.ts';
import type { Constants } from './constants.ts';

/**
 * The evidence of a joining. Values are in nats, to two places, and add up to the log of the odds λ/μ:
 * the relation, the lag with how present the trouble is, how rare its alerts are, all else of the incident,
 * and against it how often the alert comes anyway. Rates are per day.
 */
export function evidenceOf(arrival: Arrival, { rate, again, pull }: Affinity, c: Constants): readonly Evidence[] {
  const evidence: Evidence[] = [];
  let told = rate;
  if (pull !== null && rateOfPull(pull) * (1 - c.causesWeight) >= again) {
    told = rateOfPull(pull);
    evidence.push(relationEvidence(arrival, pull), timeEvidence(arrival, pull));
    if (pull.weight < 0.9)
      evidence.push({ kind: 'noise', summary: `${pull.part.rule} there fires ${perDay(pull.part.rate)} anyway`, value: nats(pull.weight) });
    else told /= pull.weight;
  } else {
    evidence.push({ kind: 'fired-again', summary: 'came back soon after it ended', value: nats(rate * DAY) });
  }
  if (rate / told > 1.2 || rate / told < 0.8) evidence.push({ kind: 'incident', summary: 'all else that the incident holds', value: nats(rate / told) });
  evidence.push({
    kind: 'chance',
    summary: `fires ${perDay(arrival.rate)} anyway: odds of ${Number((rate / arrival.rate).toPrecision(2))} to 1 that it belongs here`,
    value: nats(1 / (arrival.rate * DAY)),
    threshold: nats(c.certainty / (1 - c.certainty)),
  });
  return evidence;
}

function relationEvidence(arrival: Arrival, { part, relation, label, strength }: Pull): Evidence {
  const there = part.entity ?? (part.rule === '' ? 'an alert' : part.rule);
  const value = nats(strength);
  if (label !== null) {
    const share = `${Math.max(0.1, Math.round(label.share * 1000) / 10)} % of all alerts`;
    if (label.pair.startsWith('@')) return { kind: 'group-key', summary: `came in one group of the sender's with ${there}, as ${share} do`, value };
    if (label.pair.startsWith('~'))
      return { kind: 'words', summary: `its name has the word ${label.pair.slice(1)} in common with ${there}, as ${share} do`, value };
    return { kind: 'labels', summary: `shares ${label.pair} with ${there}, as ${share} do`, value };
  }
  if (relation === null || relation.kind === 'same') return { kind: 'same-entity', summary: `${there} has alerts here`, value };
  const steps = relation.hops === 1 ? '1 step' : `${relation.hops} steps`;
  const own = arrival.entity ?? 'it';
  const summary = {
    upstream: `${own} depends on ${there} (${steps}), which has alerts here`,
    downstream: `${there}, which has alerts here, depends on ${own} (${steps})`,
    beside: `${own} and ${there}, which has alerts here, depend on the same thing (${steps})`,
    part: `${own} and ${there}, which has alerts here, hang together (${steps})`,
  }[relation.kind];
  return { kind: 'topology', summary, value };
}

function timeEvidence(arrival: Arrival, { part, density, activity, weight }: Pull): Evidence {
  const after = arrival.at - part.lastAt;
  const there = part.entity ?? (part.rule === '' ? 'there' : part.rule);
  const when =
    after === 0
      ? `began with the latest alert on ${there}`
      : `began ${formatDuration(Math.abs(after))} ${after < 0 ? 'before' : 'after'} the latest alert on ${there}${weight < 0.9 ? ', those that are frequent there counted for less' : ''}`;
  return { kind: 'time', summary: activity < 0.5 ? `${when}, which has ended` : when, value: nats(density * activity * DAY) };
}

function perDay(rate: number): string {
  const daily = rate * DAY;
  if (daily >= 0.95) return `${daily >= 9.5 ? Math.round(daily) : Math.round(daily * 10) / 10} times a day`;
  return `once in ${Math.round(1 / daily)} ${Math.round(1 / daily) === 1 ? 'day' : 'days'}`;
}

function nats(odds: number): number {
  return Math.round(Math.log(odds) * 100) / 100;
}
