// Decides how a digest or a storm looks in Slack. As for incidents, all caps here add up to less than 10,000 characters.

import type { BulletinLine, BulletinMessage } from '../bulletin-message.ts';
import { context, SIGNS, type SlackBlock, type SlackBody, section } from './blocks.ts';
import { fitPieces, slackCode, slackDate, slackLink, slackText } from './markup.ts';

/** The lines stand in so many sections at most, each of so many characters. */
const MAX_SECTIONS = 3;
const MAX_SECTION = 2500;

/** Gives a bulletin Slack's form. */
export function slackBulletin(message: BulletinMessage): SlackBody {
  const sign = message.kind === 'digest' ? '📋' : message.over ? '✅' : SIGNS[message.severity];
  const { sections, alerts } = lineSections(message.lines);
  const more = message.more + message.lines.reduce((sum, line) => sum + line.alerts, 0) - alerts;
  const blocks: SlackBlock[] = [
    { type: 'header', text: { type: 'plain_text', text: slackText(`${sign} ${message.title}`, 150) } },
    section(`From ${slackDate(message.firstAt)} to ${slackDate(message.lastAt)} · ${message.standing}`),
    ...sections,
  ];
  if (more > 0) blocks.push(context(`_and ${more} more_`));
  if (message.url !== null) blocks.push(context(slackLink(message.url, 'What was held back, and why')));
  return { text: slackText(`${sign} ${message.text}`, 900), blocks };
}

/** The lines that fit, and how many alerts these stand for. */
function lineSections(lines: readonly BulletinLine[]): { readonly sections: readonly SlackBlock[]; readonly alerts: number } {
  const sections: SlackBlock[] = [];
  let shown = 0;
  while (shown < lines.length && sections.length < MAX_SECTIONS) {
    const fitting = fitPieces(lines.slice(shown).map(lineText), '\n', MAX_SECTION);
    sections.push(section(fitting.text));
    shown += fitting.count;
  }
  return { sections, alerts: lines.slice(0, shown).reduce((sum, { alerts }) => sum + alerts, 0) };
}

function lineText(line: BulletinLine): string {
  const where = [...line.entities.map((entity) => slackCode(entity, 140)), ...(line.moreEntities > 0 ? [`${line.moreEntities} more`] : [])].join(', ');
  const head = [line.count, `${line.reason}${line.outcome === '' ? '' : ` (${line.outcome})`}`, timesOf(line)].join(' · ');
  const because = line.because === '' ? '' : `\n      ${slackText(line.because, 260)}`;
  return `${SIGNS[line.severity]} ${slackText(line.rule, 120)}${where === '' ? '' : ` on ${where}`}: ${head}${because}`;
}

function timesOf({ firstAt, lastAt }: BulletinLine): string {
  return firstAt === lastAt ? slackDate(firstAt) : `${slackDate(firstAt)} to ${slackDate(lastAt)}`;
}
