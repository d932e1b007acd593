// Silences the alerts of an incident for whoever pressed the button, and says exactly what was silenced.

import type { Labels } from '../../model/labels.ts';
import { formatMatchers } from '../../model/matcher.ts';
import type { Silence } from '../../model/silence.ts';
import type { SilenceRequest } from '../../model/silence-document.ts';
import { formatInstant, type Instant } from '../../model/time.ts';
import { incidentSilences, sparing, type WantedSilence } from '../incident-silences.ts';
import { counted, plainText } from '../plain-text.ts';
import { context, type SlackBlock, type SlackBody, section } from './blocks.ts';
import { jsonLength, slackCode, slackDate } from './markup.ts';

/** What silencing takes; all of it rejects when it cannot be done now. */
export interface Silencing {
  /** The labels of the alerts of an incident that fire; null when there is no such incident. */
  firingIn(incidentId: string): Promise<readonly Labels[] | null>;
  /** The labels of those that fire and are not in it. */
  firingElsewhere(incidentId: string): Promise<readonly Labels[]>;
  /** The silences that are in force. */
  active(): Promise<readonly Silence[]>;
  /** Makes a silence, or changes the one whose id is given, as over REST; resolves to its id. */
  set(request: SilenceRequest): Promise<string>;
}

/** Who silences what until when. */
export interface AskedSilence {
  readonly incidentId: string;
  readonly until: Instant;
  readonly by: string;
}

/** A silence that was made or changed. */
interface Made {
  readonly id: string;
  readonly wanted: WantedSilence;
}

/** What all blocks of an answer may take; Slack refuses some 13,200 characters. */
const BUDGET = 10_000;

/**
 * Makes the silences, and answers what the person is told. Asked for again, a silence that the button made for the same
 * incident gets the new end. Rejects when none could be made.
 */
export async function silenceIncident({ incidentId, until, by }: AskedSilence, silencing: Silencing): Promise<SlackBody> {
  const alerts = await silencing.firingIn(incidentId);
  if (alerts === null) return said('There is no such incident any more.');
  if (alerts.length === 0) return said('None of its alerts fires, so there is nothing to silence.');
  const plan = sparing(incidentSilences(alerts), await silencing.firingElsewhere(incidentId));
  const comment = `incident ${incidentId}, silenced in Slack`;
  const earlier = (await silencing.active()).filter((silence) => silence.comment === comment);
  const made = await Promise.allSettled(
    plan.silences.map(async (wanted): Promise<Made> => {
      const matchers = wanted.matchers.map(({ name, value }) => ({ name, value, isRegex: false, isEqual: true }));
      const known = earlier.find((silence) => formatMatchers(silence.matchers) === formatMatchers(wanted.matchers));
      const id = known === undefined ? {} : { id: known.id };
      return { wanted, id: await silencing.set({ ...id, matchers, endsAt: formatInstant(until), createdBy: by, comment }) };
    }),
  );
  const failed = made.find((each) => each.status === 'rejected');
  const done = made.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
  if (failed !== undefined && done.length === 0) throw failed.reason;
  const missed = plan.silences.reduce((sum, wanted) => (done.some((each) => each.wanted === wanted) ? sum : sum + wanted.alerts), plan.leftOut);
  return silenceAnswer(done, missed, until);
}

/** What was silenced, and how many alerts that fire were not. */
function silenceAnswer(made: readonly Made[], missed: number, until: Instant): SlackBody {
  if (made.length === 0)
    return said(
      'Nothing was silenced: its alerts have too little in common, or what they have in common is true of others that fire. `winnow silence add` takes your own matchers.',
    );
  const text = `Silenced until ${slackDate(until)}: nobody is told of what these match until then, critical alerts too.`;
  const ids = slackCode(`winnow silence expire ${made.map(({ id }) => id).join(' ')}`, 500);
  const rest =
    missed === 0
      ? []
      : [
          `${counted(missed, 'alert')} of the incident ${missed === 1 ? 'is' : 'are'} not silenced: there is no matcher for ${missed === 1 ? 'it' : 'them'} that is narrow enough, or it failed.`,
        ];
  const foot = [...rest, `To end ${made.length === 1 ? 'it' : 'them'} before: ${ids}, or \`DELETE /api/v1/silences/ID\`.`].join('\n');
  const lines: SlackBlock[] = [];
  let room = BUDGET - jsonLength(text) - jsonLength(foot) - 100;
  for (const { id, wanted } of made) {
    const line = `${slackCode(plainText(formatMatchers(wanted.matchers), 1000), 2600)} silence ${slackCode(id, 40)}, ${counted(wanted.alerts, 'alert')}${wanted.shared ? ' and others that are like them' : ''}`;
    room -= jsonLength(line);
    if (room < 0) break;
    lines.push(section(line));
  }
  const more = made.length - lines.length;
  return {
    text,
    blocks: [section(text), ...lines, ...(more === 0 ? [] : [section(`_and ${more} more, which \`winnow silence list\` shows_`)]), context(foot)],
  };
}

function said(text: string): SlackBody {
  return { text, blocks: [section(text)] };
}
