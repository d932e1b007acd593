// Which alerts inhibit which, as Alertmanager's inhibit package decides it, by the marks that alerts carry.

import type { AlertState } from '../../model/alert.ts';
import type { Labels } from '../../model/labels.ts';
import type { Draft } from '../draft.ts';
import type { InhibitRule } from '../policy.ts';

/**
 * The marks that alerts get which a rule is about, as source (`>`) and as target (`<`), with the values of the labels that
 * have to be equal; one that is missing is an empty one. `kept` are the labels as they may be kept.
 */
export function inhibitionMarks(rules: readonly InhibitRule[], labels: Labels, kept: Labels = labels): readonly string[] {
  if (rules.length === 0) return NONE;
  return rules.flatMap((rule) => {
    const values = [rule.id, ...rule.equal.map((name) => kept.get(name) ?? '')].join('\u0000');
    return [...(rule.source.matches(labels) ? [`>${values}`] : []), ...(rule.target.matches(labels) ? [`<${values}`] : [])];
  });
}

const NONE: readonly string[] = [];

/** The other side of a mark: what inhibits a target, or what a source inhibits. */
function otherSide(mark: string): string {
  return `${mark.startsWith('>') ? '<' : '>'}${mark.slice(1)}`;
}

/**
 * The first alert that inhibits another, and the rule by which it does; null when none does. Alerts that a rule is about
 * on both sides do not inhibit each other, nor does one inhibit itself.
 */
export function inhibitorsOf(
  draft: Draft,
  { fingerprint, marks }: Pick<AlertState, 'fingerprint' | 'marks'>,
  rules: readonly InhibitRule[],
): { readonly source: AlertState; readonly rule: InhibitRule } | null {
  for (const mark of marks) {
    if (!mark.startsWith('<')) continue;
    const rule = rules.find(({ id }) => id === idOf(mark));
    if (rule === undefined) continue;
    const twoSided = marks.includes(otherSide(mark));
    const source = draft
      .marked(otherSide(mark))
      .find((alert) => alert.status === 'firing' && alert.fingerprint !== fingerprint && !(twoSided && alert.marks.includes(mark)));
    if (source !== undefined) return { source, rule };
  }
  return null;
}

function idOf(mark: string): string {
  const end = mark.indexOf('\u0000');
  return mark.slice(1, end === -1 ? undefined : end);
}

/** The alerts that one could inhibit, each once. */
export function inhibitedBy(draft: Draft, { fingerprint, marks }: Pick<AlertState, 'fingerprint' | 'marks'>): readonly AlertState[] {
  const targets = new Map<string, AlertState>();
  for (const mark of marks) {
    if (!mark.startsWith('>')) continue;
    for (const alert of draft.marked(otherSide(mark))) if (alert.fingerprint !== fingerprint) targets.set(alert.fingerprint, alert);
  }
  return [...targets.values()];
}
