// Finds a message that may have been posted although no answer came, by the metadata that it bears.

import type { WebClient } from '@slack/web-api';
import { HOUR, type Instant, SECOND } from '../../model/time.ts';
import { slackErrorCode } from './failure.ts';

/** Slack's `event_type` of the metadata on every message. */
export const METADATA_TYPE = 'winnow_incident';

/** The metadata's payload: which message of which delivery this is. */
export interface MessageMark {
  readonly delivery: string;
  readonly seq: number;
}

/** Where to look for it. */
export interface OwnMessageSearch {
  readonly client: WebClient;
  /** The channel's id. */
  readonly channel: string;
  readonly mark: MessageMark;
  /** The thread that it would be a reply in, or null for a message of the channel. */
  readonly thread: string | null;
  readonly now: Instant;
}

interface SlackMessage {
  readonly ts?: string;
  readonly metadata?: { readonly event_type?: string; readonly event_payload?: unknown };
}

const PAGE = 200;
const MAX_PAGES = 5;
/** What Slack answers an app that may not read there. */
const MAY_NOT_READ: ReadonlySet<string> = new Set([
  'missing_scope',
  'not_in_channel',
  'channel_not_found',
  'no_permission',
  'access_denied',
  'thread_not_found',
]);

/**
 * The `ts` of the message with this mark among those of the last hour, or null when there is none
 * or the app may not read there: then a rare second message is better than none. Throws what the
 * client throws when Slack cannot be asked.
 */
export async function findOwnMessage({ client, channel, mark, thread, now }: OwnMessageSearch): Promise<string | null> {
  const oldest = String(Math.floor((now - HOUR) / SECOND));
  let cursor: string | undefined;
  for (let page = 0; page < MAX_PAGES; page++) {
    const common = { channel, oldest, limit: PAGE, include_all_metadata: true, ...(cursor === undefined ? {} : { cursor }) };
    const answer = await orNull(thread === null ? client.conversations.history(common) : client.conversations.replies({ ...common, ts: thread }));
    const found = (answer?.messages as readonly SlackMessage[] | undefined)?.find((message) => bears(message, mark));
    if (found?.ts !== undefined) return found.ts;
    cursor = answer?.response_metadata?.next_cursor || undefined;
    if (cursor === undefined) return null;
  }
  return null;
}

/** The id of a channel given by id or by name, or null when it is not found or the app may not list channels. */
export async function findChannel(client: WebClient, channel: string): Promise<string | null> {
  if (/^[CGD][A-Z0-9]{8,}$/.test(channel)) return channel;
  const name = channel.replace(/^#/, '');
  let cursor: string | undefined;
  for (let page = 0; page < MAX_PAGES; page++) {
    const answer = await orNull(
      client.conversations.list({ exclude_archived: true, types: 'public_channel,private_channel', limit: 1000, ...(cursor === undefined ? {} : { cursor }) }),
    );
    const found = answer?.channels?.find((candidate) => candidate.name === name);
    if (found?.id !== undefined) return found.id;
    cursor = answer?.response_metadata?.next_cursor || undefined;
    if (cursor === undefined) return null;
  }
  return null;
}

function bears(message: SlackMessage, mark: MessageMark): boolean {
  const payload = message.metadata?.event_payload as Partial<MessageMark> | undefined;
  return message.metadata?.event_type === METADATA_TYPE && payload?.delivery === mark.delivery && payload.seq === mark.seq;
}

async function orNull<T>(call: Promise<T>): Promise<T | null> {
  try {
    return await call;
  } catch (error) {
    if (MAY_NOT_READ.has(slackErrorCode(error) ?? '')) return null;
    throw error;
  }
}
