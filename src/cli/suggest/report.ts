// Suggested rules as YAML to paste into a configuration, with the evidence and the effect of each as comments.

import { writeDuration } from '../../config/duration.ts';
import { shareBound } from '../../correlate/baseline/beta.ts';
import { formatMatcher } from '../../model/matcher.ts';
import { formatDuration } from '../../model/time.ts';
import type { Outcome } from '../diff/outcome.ts';
import { printable } from '../printable.ts';
import { quantile } from './candidates.ts';
import { type Effect, matchersOf, nameOf, type Suggestion } from './suggestion.ts';

/** How wide a comment's text may be, its indent included. */
const WIDTH = 78;

/** The YAML; `all` is the effect of the suggestions together. */
export function* suggestedYaml(suggestions: readonly Suggestion[], before: Outcome, all: Effect): Generator<string> {
  yield comment(
    `Replayed without a change: ${counted(before.messages, 'message')}, ${counted(before.pages, 'page')}, ${counted(before.incidents.size, 'incident')}.`,
  );
  if (![...before.incidents.values()].some(({ acted }) => acted))
    yield comment(
      'The recording has nobody who acknowledged or resolved an incident: what matters is not known, and nothing is suggested for critical alerts. Look at what winnow diff says before you add a rule.',
    );
  if (suggestions.length === 0) {
    yield comment('No rule is suggested: none would save a message without losing what people acted on.');
    return;
  }
  yield comment(`With all of these: ${inWords(all)}.`);
  if (all.lost > 0) yield comment('Together they lose what no single one does: add them one by one, and look at what winnow diff says.');
  yield 'suppression:\n  rules:\n';
  for (const suggestion of suggestions) yield* ruleYaml(suggestion);
}

function* ruleYaml({ candidate, effect }: Suggestion): Generator<string> {
  const { facts, action } = candidate;
  const { episodes, cleared, fingerprints, rule } = facts;
  const [half, most] = [quantile(cleared, 0.5), quantile(cleared, 0.95)].map(formatDuration);
  const surely = percent(shareBound(0.05, cleared.length, episodes - cleared.length));
  yield comment(
    `${printable(rule, WIDTH)} cleared by itself ${cleared.length} times of ${episodes} (with 95 % confidence at least ${surely} do), on ${counted(fingerprints.size, 'alert')}: half of the times within ${half}, 95 % within ${most}.`,
    '    ',
  );
  yield comment(`Replayed: ${inWords(effect)}.`, '    ');
  yield `    - name: ${quoted(nameOf(candidate))}\n`;
  yield `      matchers: [${matchersOf(candidate)
    .map((matcher) => quoted(formatMatcher(matcher)))
    .join(', ')}]\n`;
  yield `      action: ${action}\n`;
  yield `      for: ${writeDuration(candidate.for)}\n`;
}

function inWords({ messagesFewer, pagesFewer, untold, lost }: Effect): string {
  const missing = untold === 0 ? '' : `, ${counted(untold, 'incident')} without a message of its own`;
  return `${change(messagesFewer, 'message')}, ${change(pagesFewer, 'page')}${missing}, ${lost === 0 ? 'none' : lost} that people acted on`;
}

function change(fewer: number, noun: string): string {
  return fewer >= 0 ? `${counted(fewer, noun)} fewer` : `${counted(-fewer, noun)} more`;
}

/** A JSON text is a YAML one, whatever stands in it; JSON leaves some control characters as they are. */
function quoted(text: string): string {
  return JSON.stringify(text).replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (c) => `\\U${(c.codePointAt(0) ?? 0).toString(16).padStart(8, '0')}`);
}

function counted(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

function percent(share: number): string {
  return `${Math.floor(share * 100)} %`;
}

/** A comment in lines of at most 80 columns. */
function comment(text: string, indent = ''): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > WIDTH - indent.length) {
      lines.push(line);
      line = '';
    }
    line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].map((each) => `${indent}# ${each}\n`).join('');
}
