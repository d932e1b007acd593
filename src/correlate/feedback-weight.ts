// What people's words about causes do to their weights.

import type { Evidence } from '../model/evidence.ts';
import type { CauseFeedback } from '../model/incident.ts';

/** The odds that a person who says what the cause is, or is not, is right. */
const ODDS = 20;

/**
 * The candidates, each said to be the cause above all others, and each said not to be below them and below none of them;
 * among themselves they stay in order. `none` and `temperature` are those that weights are turned into scores with.
 */
export function withFeedback<T extends { readonly entity: string; readonly weight: number }>(
  candidates: readonly T[],
  feedback: readonly CauseFeedback[],
  { none, temperature }: { readonly none: number; readonly temperature: number },
): readonly T[] {
  if (feedback.length === 0) return candidates;
  const weights = candidates.map(({ weight }) => weight);
  const shift = Math.max(none, ...weights) - Math.min(none, ...weights) + temperature * Math.log(ODDS);
  return candidates.map((candidate) => {
    const said = feedback.find(({ entity }) => entity === candidate.entity);
    return said === undefined ? candidate : { ...candidate, weight: candidate.weight + (said.correct ? shift : -shift) };
  });
}

/** What was said of an entity, as evidence. */
export function feedbackOn(entity: string, feedback: readonly CauseFeedback[]): readonly Evidence[] {
  return feedback
    .filter((said) => said.entity === entity)
    .map(({ by, correct }) => ({ kind: 'feedback', summary: correct ? `${by} said that it is the cause` : `${by} said that it is not the cause` }));
}
