// The HTTP side of the receivers: who may post, how a body is read, and what is answered when.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '../api/problem.ts';
import type { WebhookAuthentication, WebhookSettings } from '../config/config.ts';
import type { WebhookEvent } from '../correlate/event.ts';
import type { AlertSource } from '../model/alert.ts';
import type { Instant } from '../model/time.ts';
import { challengeOf, judgeHeaders, verifySignature } from './authentication.ts';
import { type Intake, IntakeUnavailable } from './intake.ts';
import { readWebhook } from './webhook-body.ts';

/** What the receivers need. */
export interface WebhookReceiverDependencies {
  /** The settings in force, asked at each request; the body limit is read once, at registration. */
  readonly settings: () => WebhookSettings;
  readonly intake: Intake;
  /** The wall clock. */
  readonly now: () => Instant;
}

/** The body of a 202: how many alerts were taken in, and how many could not be understood. */
export interface WebhookReceipt {
  readonly accepted: number;
  readonly rejected: number;
}

/**
 * Adds `POST /webhooks/alertmanager` and `POST` and `PUT /webhooks/grafana`, in a scope of their own,
 * so that the way bodies are read here is not the application's. Errors are thrown as `Problem`: the
 * application's error handler is to answer with it.
 */
export function registerWebhookReceivers(app: FastifyInstance, dependencies: WebhookReceiverDependencies): void {
  app.register((scope, _options, done) => {
    // Senders name many content types, or none; the body itself tells whether it is JSON. It is
    // kept as bytes, since a signature is of the bytes. Fastify's own parser would refuse a label
    // called `__proto__`, which `JSON.parse` makes a member like any other.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, parsed) => parsed(null, body));
    addReceiver(scope, '/webhooks/alertmanager', ['POST'], 'alertmanager', dependencies);
    addReceiver(scope, '/webhooks/grafana', ['POST', 'PUT'], 'grafana', dependencies);
    done();
  });
}

function addReceiver(scope: FastifyInstance, url: string, method: string[], source: AlertSource, dependencies: WebhookReceiverDependencies): void {
  const { settings, intake, now } = dependencies;
  scope.route({
    method,
    url,
    bodyLimit: settings().bodyLimit,
    onRequest: async (request, reply) => {
      const authentication = settings()[source];
      if (judgeHeaders(authentication, request.headers) === 'refused') throw unauthorized(reply, challengeOf(authentication));
      refuseEncoded(request);
    },
    handler: async (request, reply) => {
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      const authentication = settings()[source];
      const receivedAt = now();
      if (!isAuthentic(request, authentication, body, receivedAt)) throw unauthorized(reply, challengeOf(authentication));
      const webhook = readWebhook(parseJson(body), { source, receivedAt });
      if (webhook.kind === 'fault') throw new Problem({ status: 400, code: 'not-a-webhook', detail: webhook.detail, pointer: webhook.pointer });
      await addTo(intake, webhook);
      const receipt: WebhookReceipt = { accepted: webhook.alerts.length, rejected: webhook.malformed.length };
      return reply.code(202).send(receipt);
    },
  });
}

/** A compressed body is not JSON; neither Alertmanager nor Grafana sends one. */
function refuseEncoded(request: FastifyRequest): void {
  const encoding = request.headers['content-encoding'];
  if (encoding === undefined || encoding === '' || encoding.toLowerCase() === 'identity') return;
  throw new Problem({ status: 415, code: 'unsupported-encoding', detail: 'the body must come without a Content-Encoding' });
}

function unauthorized(reply: FastifyReply, challenge: string): Problem {
  reply.header('www-authenticate', challenge);
  return new Problem({ status: 401, code: 'unauthorized', detail: 'the credentials or the signature are missing or wrong' });
}

function isAuthentic(request: FastifyRequest, authentication: WebhookAuthentication, body: Buffer, now: Instant): boolean {
  const verdict = judgeHeaders(authentication, request.headers);
  if (verdict !== 'signed') return verdict === 'authentic';
  return authentication.hmac !== null && verifySignature(authentication.hmac, request.headers, body, now);
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8', startsWithByteOrderMark(body) ? 3 : 0));
  } catch {
    // The parser's own message quotes the body.
    throw new Problem({ status: 400, code: 'not-json', detail: 'the body is not valid JSON', pointer: '' });
  }
}

function startsWithByteOrderMark(body: Buffer): boolean {
  return body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf;
}

async function addTo(intake: Intake, webhook: WebhookEvent): Promise<void> {
  try {
    await intake.add(webhook);
  } catch (error) {
    if (!(error instanceof IntakeUnavailable)) throw error;
    throw new Problem({ status: 503, code: 'intake-unavailable', detail: error.message, retryAfterSeconds: error.retryAfterSeconds });
  }
}
