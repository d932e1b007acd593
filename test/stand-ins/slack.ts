// A stand-in for Slack: the part of its Web API that Winnow uses, and an incoming webhook.

import { type Answer, type Failure, type ReceivedRequest, startScriptedServer } from './scripted-server.ts';
import { faultOfBlocks } from './slack-limits.ts';

/** A message as it stands in a channel. */
export interface StandInMessage {
  readonly channel: string;
  readonly ts: string;
  text: string;
  blocks: readonly unknown[];
  readonly threadTs: string | null;
  readonly broadcast: boolean;
  readonly metadata: unknown;
  /** How often it was edited. */
  edits: number;
  /** Whether it came by the incoming webhook. */
  readonly byWebhook: boolean;
}

/** How the stand-in behaves. */
export interface SlackOptions {
  readonly port?: number;
  /** The token that it accepts; any by default. */
  readonly token?: string;
  /** Channel name to id; a channel that is not among these does not exist. */
  readonly channels?: Readonly<Record<string, string>>;
  /** Answers 429 to a second message to a channel within a second. */
  readonly onePerSecond?: boolean;
  /** Answers 429 beyond so many edits in a minute. */
  readonly editsPerMinute?: number;
  /** While it says so, every call is answered 503. */
  readonly away?: () => boolean;
  /** The clock that its limits go by; the system's by default. */
  readonly now?: () => number;
}

/** A running stand-in. */
export interface SlackStandIn {
  /** The base URL of the Web API, with a trailing slash. */
  readonly url: string;
  /** The URL of the incoming webhook, which posts to `#general`. */
  readonly webhookUrl: string;
  /** Where answers to a pressed button are posted, and what was posted there. */
  readonly responseUrl: string;
  readonly responses: readonly Readonly<Record<string, unknown>>[];
  /** The messages that stand, oldest first. */
  readonly messages: readonly StandInMessage[];
  /** Those that are not in a thread. */
  readonly posts: readonly StandInMessage[];
  /** Every call with its method's name and arguments, oldest first, failed ones included. */
  readonly calls: readonly { readonly method: string; readonly arguments: Readonly<Record<string, unknown>>; readonly request: ReceivedRequest }[];
  failNext(failure: Failure, times?: number): void;
  recover(): void;
  /** Takes a message away, as a person in Slack would. */
  remove(ts: string): void;
  close(): Promise<void>;
}

const WEBHOOK_PATH = '/services/T00000000/B00000000/webhook-secret-0123456789';
const RESPONSE_PATH = '/actions/T00000000/1/response-0123456789';
const DEFAULT_CHANNELS = { general: 'C0000000001', 'ml-alerts': 'C0000000002', 'ml-oncall': 'C0000000003' };

/** Starts the stand-in. */
export async function startSlack({
  port = 0,
  token,
  channels = DEFAULT_CHANNELS,
  onePerSecond = false,
  editsPerMinute,
  now,
  away,
}: SlackOptions = {}): Promise<SlackStandIn> {
  const messages: StandInMessage[] = [];
  const responses: Readonly<Record<string, unknown>>[] = [];
  const lastPost = new Map<string, number>();
  let serial = 0;
  let edits: number[] = [];

  const add = (message: Omit<StandInMessage, 'ts' | 'edits'>, at: number): StandInMessage => {
    serial += 1;
    const added = { ...message, ts: `${Math.floor(at / 1000)}.${String(serial).padStart(6, '0')}`, edits: 0 };
    messages.push(added);
    return added;
  };
  const tooSoon = (channel: string, at: number): boolean => {
    const before = lastPost.get(channel);
    if (onePerSecond && before !== undefined && at - before < 1000) return true;
    lastPost.set(channel, at);
    return false;
  };
  const idOf = (channel: unknown): string | null => {
    if (typeof channel !== 'string') return null;
    return Object.values(channels).includes(channel) ? channel : (channels[channel.replace(/^#/, '')] ?? null);
  };

  const methods: Readonly<Record<string, (given: Readonly<Record<string, unknown>>, at: number) => Answer>> = {
    'chat.postMessage'(given, at) {
      const channel = idOf(given['channel']);
      if (channel === null) return refuse('channel_not_found');
      const fault = faultOf(given);
      if (fault !== null) return refuse(fault);
      const threadTs = typeof given['thread_ts'] === 'string' ? given['thread_ts'] : null;
      if (threadTs !== null && !messages.some(({ ts }) => ts === threadTs)) return refuse('thread_not_found');
      if (tooSoon(channel, at)) return limited(1);
      const broadcast = given['reply_broadcast'] === true;
      const message = add({ channel, ...textOf(given), threadTs, broadcast, metadata: given['metadata'] ?? null, byWebhook: false }, at);
      return { status: 200, body: { ok: true, channel, ts: message.ts, message: asSlackShows(message) } };
    },
    'chat.update'(given, at) {
      // As in Slack, a name will not do.
      const message = messages.find(({ channel, ts }) => channel === given['channel'] && ts === given['ts']);
      if (message === undefined) return refuse('message_not_found');
      edits = edits.filter((edit) => edit > at - 60_000);
      if (editsPerMinute !== undefined && edits.length >= editsPerMinute) return limited(Math.ceil(((edits[0] ?? at) + 60_000 - at) / 1000));
      edits.push(at);
      const fault = faultOf(given);
      if (fault !== null) return refuse(fault);
      Object.assign(message, textOf(given));
      message.edits += 1;
      return { status: 200, body: { ok: true, channel: message.channel, ts: message.ts, text: message.text } };
    },
    'conversations.history'(given) {
      const shown = (message: StandInMessage) => message.threadTs === null || message.broadcast;
      return listed(given, (message) => message.channel === given['channel'] && shown(message));
    },
    'conversations.replies'(given) {
      return listed(given, (message) => message.channel === given['channel'] && (message.threadTs === given['ts'] || message.ts === given['ts']));
    },
    'conversations.list'() {
      return { status: 200, body: { ok: true, channels: Object.entries(channels).map(([name, id]) => ({ id, name })) } };
    },
  };

  const listed = (given: Readonly<Record<string, unknown>>, wanted: (message: StandInMessage) => boolean): Answer => {
    if (!Object.values(channels).includes(String(given['channel']))) return refuse('channel_not_found');
    const oldest = Number(given['oldest'] ?? 0);
    const withMetadata = given['include_all_metadata'] === true;
    const found = messages.filter((message) => wanted(message) && Number(message.ts) >= oldest).reverse();
    return { status: 200, body: { ok: true, has_more: false, messages: found.map((message) => asSlackShows(message, withMetadata)) } };
  };

  const answer = (request: ReceivedRequest): Answer => {
    if (request.path === WEBHOOK_PATH) {
      const given = argumentsOf(request);
      const fault = faultOf(given);
      if (fault !== null) return { status: 400, body: fault };
      const channel = idOf(given['channel'] ?? 'general');
      if (channel === null) return { status: 404, body: 'channel_not_found' };
      if (tooSoon(channel, request.at)) return { status: 429, headers: { 'retry-after': '1' }, body: 'rate_limited' };
      add({ channel, ...textOf(given), threadTs: null, broadcast: false, metadata: null, byWebhook: true }, request.at);
      return { status: 200, body: 'ok' };
    }
    if (request.path === RESPONSE_PATH) {
      const given = argumentsOf(request);
      const fault = faultOf(given);
      if (fault !== null) return { status: 400, body: fault };
      responses.push(given);
      return { status: 200, body: 'ok' };
    }
    if (away?.() === true) return { status: 503, body: '' };
    const method = methods[methodOf(request)];
    if (method === undefined) return refuse('unknown_method');
    const authorization = request.headers['authorization'];
    if (typeof authorization !== 'string') return refuse('not_authed');
    if (token !== undefined && authorization !== `Bearer ${token}`) return refuse('invalid_auth');
    return method(argumentsOf(request), now?.() ?? request.at);
  };

  const server = await startScriptedServer(answer, port);
  return {
    url: `${server.origin}/api/`,
    webhookUrl: `${server.origin}${WEBHOOK_PATH}`,
    responseUrl: `${server.origin}${RESPONSE_PATH}`,
    responses,
    messages,
    get posts() {
      return messages.filter(({ threadTs }) => threadTs === null);
    },
    get calls() {
      return server.calls.map((request) => ({ method: methodOf(request), arguments: argumentsOf(request), request }));
    },
    failNext: server.failNext,
    recover: server.recover,
    remove(ts) {
      const index = messages.findIndex((message) => message.ts === ts);
      if (index >= 0) messages.splice(index, 1);
    },
    close: server.close,
  };
}

function methodOf({ path }: ReceivedRequest): string {
  return path === WEBHOOK_PATH ? 'webhook' : path.replace(/^\/api\//, '').replace(/\?.*$/, '');
}

/** The arguments of a call: a JSON body, or a form whose values may be JSON, as Slack takes both. */
function argumentsOf({ headers, body }: ReceivedRequest): Readonly<Record<string, unknown>> {
  if (String(headers['content-type']).startsWith('application/json')) return JSON.parse(body);
  const given: Record<string, unknown> = {};
  for (const [name, value] of new URLSearchParams(body)) {
    given[name] = ['blocks', 'metadata'].includes(name) || value === 'true' || value === 'false' ? JSON.parse(value) : value;
  }
  return given;
}

function faultOf(given: Readonly<Record<string, unknown>>): string | null {
  const { text, blocks } = textOf(given);
  if (text === '' && blocks.length === 0) return 'no_text';
  if (text.length > 40_000) return 'msg_too_long';
  return faultOfBlocks(given['blocks']);
}

function textOf(given: Readonly<Record<string, unknown>>): { readonly text: string; readonly blocks: readonly unknown[] } {
  return { text: typeof given['text'] === 'string' ? given['text'] : '', blocks: (given['blocks'] ?? []) as readonly unknown[] };
}

function asSlackShows(message: StandInMessage, withMetadata = true): unknown {
  return {
    type: 'message',
    ts: message.ts,
    text: message.text,
    blocks: message.blocks,
    ...(message.threadTs === null ? {} : { thread_ts: message.threadTs }),
    ...(withMetadata && message.metadata !== null ? { metadata: message.metadata } : {}),
  };
}

function limited(seconds: number): Answer {
  return { status: 429, headers: { 'retry-after': String(seconds) }, body: { ok: false, error: 'ratelimited' } };
}

function refuse(error: string): Answer {
  return { status: 200, body: { ok: false, error } };
}
