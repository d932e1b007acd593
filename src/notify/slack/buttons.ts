// Decides which buttons a message has, and how each names what it is about.

import type { Incident } from '../../model/incident.ts';

/** A text that Slack shows as it is. */
export interface PlainText {
  readonly type: 'plain_text';
  readonly text: string;
}

/** A button; one that asks for confirmation does nothing without it. */
export interface SlackButton {
  readonly type: 'button';
  readonly action_id: string;
  readonly text: PlainText;
  readonly value: string;
  readonly style?: 'primary';
  readonly confirm?: Confirmation;
}

/** What is asked before something is done. */
export interface Confirmation {
  readonly title: PlainText;
  readonly text: PlainText;
  readonly confirm: PlainText;
  readonly deny: PlainText;
}

/** A list of which one is chosen; one that asks for confirmation does nothing without it. */
export interface SlackSelect {
  readonly type: 'static_select';
  readonly action_id: string;
  readonly placeholder: PlainText;
  readonly options: readonly { readonly text: PlainText; readonly value: string }[];
  readonly confirm?: Confirmation;
}

/** A row of them. */
export interface ActionsBlock {
  readonly type: 'actions';
  readonly elements: readonly (SlackButton | SlackSelect)[];
}

/** What each button asks for, by its `action_id`. */
export const ACTION_IDS = {
  acknowledge: 'winnow-acknowledge',
  resolve: 'winnow-resolve',
  snooze: 'winnow-snooze',
  silence: 'winnow-silence',
  why: 'winnow-why',
  right: 'winnow-cause-right',
  wrong: 'winnow-cause-wrong',
} as const;

/** How long a snooze or a silence can last: the word in the button's value, and what people read. */
export const QUIET_LENGTHS = { '1h': '1 hour', '4h': '4 hours', morning: 'Until morning' } as const;

/** Slack's longest value of a button, in characters. */
const MAX_VALUE = 2000;

/** The buttons of an incident: what can still be done about it, why it is as it is, and whether its first cause is right. */
export function slackButtons(incident: Pick<Incident, 'id' | 'status' | 'rootCauses'>): readonly ActionsBlock[] {
  const { id, status } = incident;
  const handle: (SlackButton | SlackSelect)[] = [];
  if (status === 'open') handle.push({ ...button('acknowledge', 'Acknowledge', id), style: 'primary' });
  if (status !== 'resolved')
    handle.push({ ...button('resolve', 'Resolve', id), confirm: CONFIRM_RESOLVE }, lengths('snooze', 'Snooze', id), {
      ...lengths('silence', 'Silence', id),
      confirm: CONFIRM_SILENCE,
    });
  const judge = [button('why', 'Why?', id)];
  const cause = incident.rootCauses[0]?.entity;
  const value = cause === undefined ? null : `${id} ${Buffer.from(cause, 'utf8').toString('base64url')}`;
  if (value !== null && value.length <= MAX_VALUE) judge.push(button('right', 'Cause is right', value), button('wrong', 'Cause is wrong', value));
  return [handle, judge].flatMap((elements) => (elements.length === 0 ? [] : [{ type: 'actions', elements }]));
}

const CONFIRM_RESOLVE = {
  title: plain('Resolve this incident?'),
  text: plain('It opens again when one of its alerts starts anew or goes on firing.'),
  confirm: plain('Resolve'),
  deny: plain('Cancel'),
};

const CONFIRM_SILENCE = {
  title: plain('Silence its alerts?'),
  text: plain('Nobody is told of them until then, wherever they are routed to, critical ones too. You are shown exactly what was silenced.'),
  confirm: plain('Silence'),
  deny: plain('Cancel'),
};

function button(id: keyof typeof ACTION_IDS, text: string, value: string): SlackButton {
  return { type: 'button', action_id: ACTION_IDS[id], text: plain(text), value };
}

function lengths(id: 'snooze' | 'silence', text: string, incidentId: string): SlackSelect {
  const options = Object.entries(QUIET_LENGTHS).map(([word, length]) => ({ text: plain(length), value: `${incidentId} ${word}` }));
  return { type: 'static_select', action_id: ACTION_IDS[id], placeholder: plain(text), options };
}

function plain(text: string): PlainText {
  return { type: 'plain_text', text };
}
