// The HTTP side of Slack's buttons: requests that Slack signed are answered at once and acted on after that.

import { createHash, createHmac } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { Problem } from '../api/problem.ts';
import type { Secret } from '../model/secret.ts';
import type { Instant } from '../model/time.ts';
import { isRecent } from './authentication.ts';
import { sameBytes } from './same-bytes.ts';

/** What the receiver needs. */
export interface SlackInteractionDependencies {
  /** The secret in force, asked at each request; null when there is none. */
  readonly signingSecret: () => Secret | null;
  /** Whether this is the first request with the id, in all processes of the service; rejects when that cannot be known now. */
  readonly firstTime: (id: string) => Promise<boolean>;
  /** Acts on a payload that came from Slack; called after the answer, and never rejects. */
  readonly act: (payload: unknown) => Promise<void>;
  /** The wall clock. */
  readonly now: () => Instant;
}

/** Slack's own are some kilobytes; a message of 50 blocks comes with them. */
const BODY_LIMIT = 256 * 1024;

/** Adds `POST /integrations/slack/interactions`, in a scope of its own, since the signature is of the bytes of the body. */
export function registerSlackInteractions(app: FastifyInstance, { signingSecret, firstTime, act, now }: SlackInteractionDependencies): void {
  app.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, parsed) => parsed(null, body));
    scope.post('/integrations/slack/interactions', { bodyLimit: BODY_LIMIT }, async (request, reply) => {
      const secret = signingSecret();
      if (secret === null)
        throw new Problem({ status: 404, code: 'no-such-path', detail: 'Slack has no buttons here: global.slack_signing_secret is not set' });
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      if (!isSignedBySlack(secret, request.headers, body, now())) throw unauthorized('the signature is missing, wrong or too old');
      const payload = payloadOf(body);
      if (!(await isFirst(firstTime, request.headers))) throw unauthorized('this request was made before');
      await reply.code(200).type('text/plain; charset=utf-8').send('');
      void act(payload);
    });
    done();
  });
}

/**
 * Whether a body bears Slack's signature: `v0=` and the hex HMAC-SHA256 of `v0:TIMESTAMP:BODY`, the
 * time stamp in Unix seconds and at most 300 s off.
 */
export function isSignedBySlack(secret: Secret, headers: IncomingHttpHeaders, body: Buffer, now: Instant): boolean {
  const timestamp = headers['x-slack-request-timestamp'];
  const signature = headers['x-slack-signature'];
  if (typeof timestamp !== 'string' || typeof signature !== 'string' || !isRecent(timestamp, now)) return false;
  const expected = createHmac('sha256', secret.reveal()).update(`v0:${timestamp}:`).update(body).digest('hex');
  return sameBytes(Buffer.from(signature), Buffer.from(`v0=${expected}`));
}

async function isFirst(firstTime: SlackInteractionDependencies['firstTime'], headers: IncomingHttpHeaders): Promise<boolean> {
  try {
    return await firstTime(createHash('sha256').update(String(headers['x-slack-signature'])).digest('hex'));
  } catch (error) {
    throw new Problem({ status: 503, code: 'unavailable', detail: 'the service cannot act now', retryAfterSeconds: 5 }, { cause: error });
  }
}

function payloadOf(body: Buffer): unknown {
  try {
    return JSON.parse(new URLSearchParams(body.toString('utf8')).get('payload') ?? '');
  } catch {
    throw new Problem({ status: 400, code: 'not-json', detail: 'the form has no field payload with JSON' });
  }
}

function unauthorized(detail: string): Problem {
  return new Problem({ status: 401, code: 'unauthorized', detail });
}
