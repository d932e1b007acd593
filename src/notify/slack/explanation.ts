// Decides what the button `Why?` answers: the evidence of every decision about an incident, as far as it fits.
//
// As for messages, all caps here add up to less than 10,000 characters.

import type { Member } from '../../model/alert.ts';
import type { Evidence, TimelineEntry } from '../../model/evidence.ts';
import type { Incident } from '../../model/incident.ts';
import { counted, plainText } from '../plain-text.ts';
import { context, type SlackBlock, type SlackBody, section } from './blocks.ts';
import { fitPieces, slackCode, slackDate, slackLink, slackText } from './markup.ts';

/** What an explanation is made of. */
export interface ExplainedIncident {
  readonly incident: Incident;
  /** The decisions about it, oldest first. */
  readonly timeline: readonly TimelineEntry[];
  /** Its alerts, in any order. */
  readonly members: readonly Pick<Member, 'rule' | 'entity' | 'joinedBecause'>[];
  /** Where all of its decisions can be read, or null. */
  readonly url: string | null;
}

/** Decisions to hold back or to tell after all. */
const HOLDS: ReadonlySet<string> = new Set(['held', 'observed', 'released', 'suppressed', 'flapping', 'snoozed']);
/** What the other sections say already. */
const SAID: ReadonlySet<string> = new Set([...HOLDS, 'joined', 'told', 'ended']);

/** Explains an incident. */
export function slackExplanation({ incident, timeline, members, url }: ExplainedIncident): SlackBody {
  const title = plainText(incident.title, 140) || `Incident ${incident.id}`;
  const sections: readonly (readonly [string, readonly string[]])[] = [
    ['Why this cause', causeLines(incident)],
    ['Why these alerts are together', joinLines(members)],
    ['What was held back', timeline.filter(({ kind }) => HOLDS.has(kind)).map(entryLine)],
    [
      'What else was decided',
      timeline
        .filter(({ kind }) => !SAID.has(kind))
        .map(entryLine)
        .reverse(),
    ],
  ];
  const blocks: SlackBlock[] = [section(`*Why?* ${slackText(title, 200)}`)];
  for (const [heading, lines] of sections) if (lines.length > 0) blocks.push(section(fitted(heading, lines)));
  if (url !== null) blocks.push(context(slackLink(url, 'Every decision')));
  return { text: `Why? ${slackText(title, 200)}`, blocks };
}

function fitted(heading: string, lines: readonly string[]): string {
  const shown = fitPieces([`*${heading}*`, ...lines], '\n', 2100);
  const more = lines.length + 1 - shown.count;
  return more > 0 ? `${shown.text}\n_and ${more} more_` : shown.text;
}

function causeLines({ rootCauses }: Incident): readonly string[] {
  return rootCauses.slice(0, 3).map(({ rank, entity, score, evidence }) => {
    const reasons = evidence.slice(0, 5).map((each) => `\n      • ${evidenceText(each)}`);
    return `${rank}. ${slackCode(plainText(entity, 100), 140)}  score ${score.toFixed(2)}${reasons.join('')}`;
  });
}

function joinLines(members: ExplainedIncident['members']): readonly string[] {
  const joined = members.filter(({ joinedBecause }) => joinedBecause.length > 0);
  const lines = joined.slice(0, 8).map(({ rule, entity, joinedBecause }) => {
    const on = entity === null ? '' : ` on ${slackCode(plainText(entity, 100), 140)}`;
    return `${slackText(plainText(rule, 80) || 'Unnamed alert', 120)}${on}: ${joinedBecause.slice(0, 3).map(evidenceText).join('; ')}`;
  });
  return joined.length > lines.length ? [...lines, `_and ${counted(joined.length - lines.length, 'more alert')}_`] : lines;
}

function entryLine({ at, summary, evidence }: TimelineEntry): string {
  const because = evidence.length === 0 ? '' : `: ${evidence.slice(0, 2).map(evidenceText).join('; ')}`;
  return `${slackDate(at)} ${slackText(plainText(summary, 200), 260)}${because}`;
}

/** A reason with the numbers that it rests on, as far as it has them. */
function evidenceText({ summary, value, threshold, observations }: Evidence): string {
  const numbers = [
    value === undefined ? '' : `value ${round(value)}`,
    threshold === undefined ? '' : `threshold ${round(threshold)}`,
    observations === undefined ? '' : `over ${counted(observations, 'observation')}`,
  ].filter((part) => part !== '');
  return `${slackText(plainText(summary, 200), 260)}${numbers.length === 0 ? '' : ` (${numbers.join(', ')})`}`;
}

function round(value: number): string {
  return String(Number(value.toPrecision(3)));
}
