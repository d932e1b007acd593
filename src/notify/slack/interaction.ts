// Reads what Slack says when somebody pressed a button of a message.

import { plainText } from '../plain-text.ts';
import { ACTION_IDS, QUIET_LENGTHS } from './buttons.ts';

/** How long a snooze or a silence was asked to last. */
export type QuietLength = keyof typeof QUIET_LENGTHS;

/** What was asked for. */
export type Asked =
  | { readonly kind: 'acknowledge' | 'resolve'; readonly incidentId: string }
  | { readonly kind: 'why'; readonly incidentId: string }
  | { readonly kind: 'snooze'; readonly incidentId: string; readonly length: QuietLength }
  | { readonly kind: 'silence'; readonly incidentId: string; readonly length: QuietLength }
  | { readonly kind: 'feedback'; readonly incidentId: string; readonly entity: string; readonly correct: boolean };

/** A button that was pressed. */
export interface Interaction {
  readonly asked: Asked;
  /** The person's name in Slack, such as `@ada`. */
  readonly by: string;
  /** Where an answer that only this person sees can be posted; null when Slack gave none. */
  readonly responseUrl: string | null;
}

/** Reads a payload that is known to come from Slack; null when it is about nothing of ours. */
export function readInteraction(payload: unknown): Interaction | null {
  if (!isObject(payload) || payload['type'] !== 'block_actions') return null;
  const { actions, user, response_url: url } = payload;
  const action: unknown = Array.isArray(actions) ? actions[0] : undefined;
  if (!isObject(action)) return null;
  const asked = readAsked(action);
  if (asked === null) return null;
  return { asked, by: nameOf(user), responseUrl: typeof url === 'string' && /^https?:\/\//.test(url) ? url : null };
}

function readAsked(action: Fields): Asked | null {
  const selected = action['selected_option'];
  const value = isObject(selected) ? selected['value'] : action['value'];
  if (typeof value !== 'string') return null;
  const [incidentId = '', more = ''] = value.split(' ');
  if (!/^[0-9A-Z]{26}$/.test(incidentId)) return null;
  switch (action['action_id']) {
    case ACTION_IDS.acknowledge:
      return { kind: 'acknowledge', incidentId };
    case ACTION_IDS.resolve:
      return { kind: 'resolve', incidentId };
    case ACTION_IDS.why:
      return { kind: 'why', incidentId };
    case ACTION_IDS.snooze:
    case ACTION_IDS.silence: {
      const kind = action['action_id'] === ACTION_IDS.snooze ? 'snooze' : 'silence';
      return Object.hasOwn(QUIET_LENGTHS, more) ? { kind, incidentId, length: more as QuietLength } : null;
    }
    case ACTION_IDS.right:
    case ACTION_IDS.wrong: {
      const entity = Buffer.from(more, 'base64url').toString('utf8');
      return entity === '' ? null : { kind: 'feedback', incidentId, entity, correct: action['action_id'] === ACTION_IDS.right };
    }
    default:
      return null;
  }
}

function nameOf(user: unknown): string {
  const names = isObject(user) ? [user['username'], user['name'], user['id']] : [];
  const name = names.map((each) => (typeof each === 'string' ? plainText(each, 60) : '')).find((each) => each !== '');
  return name === undefined ? 'somebody in Slack' : `@${name}`;
}

type Fields = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}
