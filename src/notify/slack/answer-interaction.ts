// Does what a pressed button asks for, and tells the person how that went where the message does not show it.

import type { ActionTaken, Deed } from '../../correlate/event.ts';
import type { EventResult } from '../../correlate/person.ts';
import type { LocalTimeOf } from '../../model/local-time.ts';
import { type Instant, type Milliseconds, SECOND } from '../../model/time.ts';
import { postJson } from '../http-post.ts';
import { plainText } from '../plain-text.ts';
import { type SlackBody, section } from './blocks.ts';
import { type ExplainedIncident, slackExplanation } from './explanation.ts';
import { type Asked, type Interaction, readInteraction } from './interaction.ts';
import { slackCode, slackDate, slackText } from './markup.ts';
import { type Silencing, silenceIncident } from './silence-incident.ts';
import { snoozeEnd } from './snooze-end.ts';

/** What acting takes. */
export interface InteractionDependencies {
  /** Takes an action to the engine; rejects when that cannot be done now. */
  readonly submit: (action: ActionTaken) => Promise<EventResult>;
  /** What an incident's decisions rest on, or null when there is no such incident; rejects when it cannot be read now. */
  readonly explained: (incidentId: string) => Promise<ExplainedIncident | null>;
  readonly silencing: Silencing;
  readonly localTime: () => LocalTimeOf;
  readonly now: () => Instant;
  /** Is told of what failed, in words without secrets. */
  readonly failed: (what: string) => void;
}

const TIMEOUT: Milliseconds = 10 * SECOND;

/** Handles a payload that is known to come from Slack. Never rejects: what fails is told to the person and to `failed`. */
export async function answerInteraction(payload: unknown, dependencies: InteractionDependencies): Promise<void> {
  const interaction = readInteraction(payload);
  if (interaction === null) return;
  let answer: SlackBody | null;
  try {
    answer = await act(interaction, dependencies);
  } catch (error) {
    dependencies.failed(`${interaction.asked.kind} from Slack: ${error instanceof Error ? error.message : String(error)}`);
    answer = said('That could not be done now; please try again.');
  }
  if (answer === null || interaction.responseUrl === null) return;
  const json = JSON.stringify({ response_type: 'ephemeral', replace_original: false, ...answer });
  const result = await postJson({ url: interaction.responseUrl, json, timeoutMs: TIMEOUT });
  if ('failure' in result) dependencies.failed('an answer to a button was not taken by Slack');
  else if (result.answer.status !== 200) dependencies.failed(`an answer to a button was not taken by Slack: answered ${result.answer.status}`);
}

async function act({ asked, by }: Interaction, { submit, explained, silencing, localTime, now }: InteractionDependencies): Promise<SlackBody | null> {
  if (asked.kind === 'why') {
    const incident = await explained(asked.incidentId);
    return incident === null ? said('There is no such incident any more.') : slackExplanation(incident);
  }
  const receivedAt = now();
  if (asked.kind === 'silence')
    return silenceIncident({ incidentId: asked.incidentId, until: snoozeEnd(asked.length, receivedAt, localTime()), by }, silencing);
  const deed = deedOf(asked, receivedAt, localTime());
  const action: ActionTaken = { ...deed, kind: 'action', receivedAt, incidentId: asked.incidentId, fingerprints: [], by, comment: null };
  const result = await submit(action);
  if (!result.ok) return said(`That was not done: ${slackText(plainText(result.detail, 200), 300)}.`);
  return confirmation(deed);
}

type Acting = Exclude<Asked, { readonly kind: 'why' | 'silence' }>;

function deedOf(asked: Acting, now: Instant, localTime: LocalTimeOf): Deed {
  if (asked.kind === 'snooze') return { action: 'snooze', until: snoozeEnd(asked.length, now, localTime) };
  if (asked.kind === 'feedback') return { action: 'feedback', entity: asked.entity, correct: asked.correct };
  return { action: asked.kind };
}

/** Who has taken an incident on and that it is over is seen by all in its message. */
function confirmation(deed: Deed): SlackBody | null {
  if (deed.action === 'snooze') return said(`Snoozed until ${slackDate(deed.until)}; what must be told at once is told all the same.`);
  if (deed.action === 'feedback') return said(`Noted: ${slackCode(plainText(deed.entity, 100), 140)} is ${deed.correct ? '' : 'not '}the cause. Thank you.`);
  return null;
}

function said(text: string): SlackBody {
  return { text, blocks: [section(text)] };
}
