// Sends to Slack's Web API: one message for an incident or a storm, posted once and edited from then on.

import { type KnownBlock, type Logger, LogLevel, WebClient } from '@slack/web-api';
import type { SentReference } from '../../model/delivery.ts';
import { type Instant, type Milliseconds, SECOND } from '../../model/time.ts';
import { composeBulletin } from '../bulletin-message.ts';
import type { Integration, MessageRequest, SendOutcome, SendRequest } from '../integration.ts';
import { composeMessage, type Message } from '../message.ts';
import type { SlackAppTarget } from '../target.ts';
import { type SlackBody, slackBody, slackReminder } from './blocks.ts';
import { slackBulletin } from './bulletin-blocks.ts';
import { slackButtons } from './buttons.ts';
import { isUneditable, isUnrepliable, slackErrorCode, slackFailure } from './failure.ts';
import { slackNews, slackUrgentNews } from './news-blocks.ts';
import { findChannel, findOwnMessage, METADATA_TYPE } from './own-message.ts';

/** What the integration takes. */
export interface SlackAppOptions {
  /** How long one call may take; 10 s by default. */
  readonly timeoutMs?: Milliseconds;
  /** The time, for how far back to look for an own message; the system's by default. */
  readonly now?: () => Instant;
}

/** What is kept of a target between two messages. */
interface Session {
  readonly client: WebClient;
  /** The id of the target's channel once Slack has told it. */
  channel: string | null;
}

/** A reply in the thread of a message. */
interface Reply {
  readonly body: SlackBody;
  /** Whether the channel sees it too. */
  readonly broadcast: boolean;
}

interface Task {
  readonly session: Session;
  readonly request: MessageRequest<SlackAppTarget>;
  readonly body: SlackBody;
  /** What is said in reply to the message beside changing it; null for nothing. */
  readonly reply: Reply | null;
  readonly now: () => Instant;
}

/** A message's place: both parts are known. */
interface Place {
  readonly channel: string;
  readonly ts: string;
}

/** Makes the integration for `slack-app` targets. */
export function createSlackApp({ timeoutMs = 10 * SECOND, now = Date.now }: SlackAppOptions = {}): Integration<SlackAppTarget> {
  const sessions = new WeakMap<SlackAppTarget, Session>();
  const send = async (request: MessageRequest<SlackAppTarget>, body: SlackBody, reply: Reply | null): Promise<SendOutcome> => {
    const session = sessions.get(request.target) ?? openSession(request.target, timeoutMs);
    sessions.set(request.target, session);
    try {
      return { kind: 'sent', ...(await tell({ session, request, body, reply, now })) };
    } catch (error) {
      return stillUncertain(slackFailure(error), request.uncertain);
    }
  };
  return {
    kind: 'slack-app',
    async send(request) {
      const message = composeMessage(request.view);
      const { target, view } = request;
      const mention = target.mention?.get(view.incident.severity) ?? '';
      const body = slackBody(message, { mention, buttons: target.buttons === true ? slackButtons(view.incident) : [] });
      return withEntries(await send(request, body, replyOf(request, message, mention)), request);
    },
    async sendBulletin(request) {
      return send(request, slackBulletin(composeBulletin(request.view)), null);
    },
  };
}

/** What is said in the thread: a reminder, what must be told at once, or what changed; null for nothing. */
function replyOf({ kind, view, told, news }: SendRequest<SlackAppTarget>, message: Message, mention: string): Reply | null {
  if (kind === 'reminder') return { body: slackReminder(message), broadcast: true };
  if (told === undefined || told.sentStatus === null) return null;
  const entries = news?.entries ?? [];
  const { incident } = view;
  if (incident.status !== 'resolved' && incident.urgentVersion > told.sentVersion)
    return { body: slackUrgentNews({ message, incident, entries }, mention), broadcast: true };
  const body = slackNews(entries);
  return body === null ? null : { body, broadcast: false };
}

/** Remembers how much of the timeline was told; a reminder tells nothing of it. */
function withEntries(outcome: SendOutcome, { kind, news, reference }: SendRequest<SlackAppTarget>): SendOutcome {
  if (outcome.kind !== 'sent' || news === undefined) return outcome;
  const anew = outcome.reference.ts !== reference.ts;
  const entries = kind === 'reminder' && !anew ? (reference.entries ?? String(news.length - news.entries.length)) : String(news.length);
  return { ...outcome, reference: { ...outcome.reference, entries } };
}

function openSession(target: SlackAppTarget, timeout: Milliseconds): Session {
  const client = new WebClient(target.token.reveal(), {
    slackApiUrl: target.apiUrl,
    timeout,
    // Attempts are counted and spaced by the caller, who remembers them across restarts.
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    allowAbsoluteUrls: false,
    logger: SILENT,
  });
  return { client, channel: null };
}

/** An attempt that never got as far as posting leaves open what an earlier one did. */
function stillUncertain(outcome: SendOutcome, before: boolean): SendOutcome {
  return outcome.kind === 'retry' && before ? { ...outcome, uncertain: true } : outcome;
}

/** What stands there now, and the error for which it had to be posted anew. */
interface Told {
  readonly reference: SentReference;
  readonly anewBecause?: string;
}

async function tell(task: Task): Promise<Told> {
  const { channel, ts } = task.request.reference;
  if (channel === undefined || ts === undefined) return { reference: await post(task) };
  try {
    await edit(task, { channel, ts });
    if (task.reply !== null) await answer(task, task.reply, { channel, ts });
    return { reference: { channel, ts } };
  } catch (error) {
    if (isUneditable(error) || isUnrepliable(error)) return { reference: await post(task), anewBecause: slackErrorCode(error) ?? 'unknown' };
    throw error;
  }
}

async function post(task: Task): Promise<Place> {
  const { session, request, body } = task;
  const own = await findEarlierAttempt(task, null);
  if (own !== null) {
    try {
      await edit(task, own);
    } catch (error) {
      // It says what this message was to say, or nearly so.
      if (!isUneditable(error)) throw error;
    }
    return own;
  }
  const { text, blocks } = body;
  const posted = await session.client.chat.postMessage({
    channel: request.target.channel,
    text,
    blocks: mutable(blocks),
    unfurl_links: false,
    unfurl_media: false,
    metadata: metadata(request),
  });
  if (typeof posted.channel !== 'string' || typeof posted.ts !== 'string') throw new Error('the answer names no message');
  session.channel = posted.channel;
  return { channel: posted.channel, ts: posted.ts };
}

async function edit({ session, body: { text, blocks } }: Task, place: Place): Promise<void> {
  await session.client.chat.update({ ...place, text, blocks: mutable(blocks) });
}

async function answer(task: Task, { body: { text, blocks }, broadcast }: Reply, { channel, ts }: Place): Promise<void> {
  if ((await findEarlierAttempt(task, { channel, ts })) !== null) return;
  await task.session.client.chat.postMessage({
    channel,
    ...(broadcast ? ({ thread_ts: ts, reply_broadcast: true } as const) : { thread_ts: ts }),
    text,
    blocks: mutable(blocks),
    unfurl_links: false,
    unfurl_media: false,
    metadata: metadata(task.request),
  });
}

/** What an attempt without an answer posted, if it did: in the channel, or as a reply to `parent`. */
async function findEarlierAttempt({ session, request, now }: Task, parent: Place | null): Promise<Place | null> {
  if (!request.uncertain) return null;
  const { client } = session;
  session.channel ??= await findChannel(client, request.target.channel);
  const channel = parent?.channel ?? session.channel;
  if (channel === null) return null;
  const mark = { delivery: request.deliveryId, seq: request.seq };
  const ts = await findOwnMessage({ client, channel, mark, thread: parent?.ts ?? null, now: now() });
  return ts === null ? null : { channel, ts };
}

function metadata({ deliveryId, seq }: MessageRequest<SlackAppTarget>) {
  return { event_type: METADATA_TYPE, event_payload: { delivery: deliveryId, seq } };
}

/** The client's types want arrays that could be changed. */
function mutable(blocks: SlackBody['blocks']): KnownBlock[] {
  return structuredClone(blocks) as KnownBlock[];
}

/** The client would print warnings by itself; all that matters is in the outcome. */
const SILENT: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  setLevel: () => undefined,
  getLevel: () => LogLevel.ERROR,
  setName: () => undefined,
};
