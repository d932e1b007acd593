// `POST /integrations/pagerduty/webhooks`: what is acknowledged or resolved in PagerDuty is so here.

import type { FastifyInstance } from 'fastify';
import { Problem } from '../api/problem.ts';
import type { ActionTaken } from '../correlate/event.ts';
import type { Secret } from '../model/secret.ts';
import type { Instant } from '../model/time.ts';
import { readPagerDutyEvent } from './pagerduty-event.ts';
import { isFromPagerDuty } from './pagerduty-signature.ts';

/** What the endpoint needs. */
export interface PagerDutyWebhookDependencies {
  /** The secret of the webhook subscription, asked at each request; without one nobody may post. */
  readonly secret: () => Secret | null;
  /** The incident that a key stands for now, or null when it stands for none any more. */
  readonly incidentOf: (dedupKey: string) => Promise<string | null>;
  /** Resolves once it is committed or refused; rejects when that cannot be done now. */
  readonly submit: (action: ActionTaken) => Promise<unknown>;
  /** The wall clock. */
  readonly now: () => Instant;
}

/** PagerDuty sends an incident at a time. */
const BODY_LIMIT = 1024 ** 2;

/**
 * Adds the endpoint, in a scope of its own, as bodies are read as bytes there. It answers 202 also to what changes
 * nothing, as PagerDuty sends everything else again, and in the end switches the subscription off.
 */
export function registerPagerDutyWebhooks(app: FastifyInstance, { secret, incidentOf, submit, now }: PagerDutyWebhookDependencies): void {
  app.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, parsed) => parsed(null, body));
    scope.post('/integrations/pagerduty/webhooks', { bodyLimit: BODY_LIMIT }, async (request, reply) => {
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      const header = request.headers['x-pagerduty-signature'];
      const key = secret();
      if (key === null || !isFromPagerDuty(key, typeof header === 'string' ? header : undefined, body)) {
        reply.header('www-authenticate', 'HMAC-SHA256 realm="winnow"');
        throw new Problem({ status: 401, code: 'unauthorized', detail: 'the signature is missing or wrong, or no pagerduty_webhook_secret is configured' });
      }
      const event = readPagerDutyEvent(parseJson(body));
      if (event.kind === 'fault') throw new Problem({ status: 400, code: 'not-a-webhook', detail: event.detail, pointer: event.pointer });
      const incidentId = event.kind === 'action' ? await incidentOf(event.dedupKey) : null;
      if (event.kind === 'ignored' || incidentId === null) return reply.code(202).send({ action: null, incidentId: null });
      const { action, by } = event;
      await submit({ kind: 'action', receivedAt: now(), action, incidentId, fingerprints: [], by, comment: 'in PagerDuty' });
      return reply.code(202).send({ action, incidentId });
    });
    done();
  });
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new Problem({ status: 400, code: 'not-json', detail: 'the body is not valid JSON', pointer: '' });
  }
}
