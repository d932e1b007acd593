// Decides what a message needs to be sent, and how pressing it is.

import type { Bulletin } from '../model/bulletin.ts';
import type { Delivery } from '../model/delivery.ts';
import type { Incident } from '../model/incident.ts';
import { SEVERITIES } from '../model/severity.ts';
import type { Wish } from './pacing.ts';
import type { Target } from './target.ts';

/** What is said of a message before it is known where it goes. */
export type Need = Pick<Wish, 'post' | 'edit' | 'rank'>;

/** After what is new by severity: reminders, then all the rest. */
const REMINDER = SEVERITIES.length;
const REST = REMINDER + 1;

/** What a message about an incident needs. The thread of an edited message is added to when that takes no waiting, and at the end. */
export function needOf(incident: Incident, { destination, reference, inFlight, sentStatus, sentVersion }: Delivery): Need {
  const kind = inFlight?.kind ?? 'update';
  const urgent = sentStatus !== null && incident.urgentVersion > sentVersion;
  const news = kind === 'trigger' || urgent;
  const rank = incident.status === 'resolved' ? REST : news ? SEVERITIES.indexOf(incident.severity) : kind === 'reminder' ? REMINDER : REST;
  if (!destination.edits || reference.ts === undefined) return { post: 'needed', edit: false, rank };
  return { post: urgent || kind !== 'update' ? 'needed' : 'if-free', edit: true, rank };
}

/** What a bulletin needs: it comes after what is told singly, a storm's before a digest. */
export function needOfBulletin({ id, destination }: Pick<Bulletin, 'id' | 'destination'>, reference: { readonly ts?: string }): Need {
  const edit = destination.edits && reference.ts !== undefined;
  return { post: edit ? 'no' : 'needed', edit, rank: id.startsWith('storm~') ? SEVERITIES.length - 1 : REST };
}

/** What a target is paced with, all messages to the same together: the name of its app, and the channel there. */
export function paceOf(target: Target): { readonly app: string; readonly channel: string } | null {
  if (target.kind === 'slack-app') return { app: `${target.apiUrl} ${target.token.reveal()}`, channel: target.channel };
  return target.kind === 'slack-webhook' ? { app: target.url.reveal(), channel: '' } : null;
}

/** The wish of a message for a target; where nothing is paced, it is only counted. */
export function wishOf(need: Need, target: Target, order: number): { readonly app: string; readonly wish: Wish } {
  const pace = paceOf(target);
  if (pace === null) return { app: target.kind, wish: { channel: '', post: 'no', edit: false, rank: need.rank, order } };
  return { app: pace.app, wish: { ...need, channel: pace.channel, order } };
}
