// An application with nothing but the receivers, over an intake that remembers what it was given.

import Fastify, { type FastifyInstance } from 'fastify';
import { installProblemHandlers } from '../../../src/api/problem.ts';
import type { WebhookSettings } from '../../../src/config/config.ts';
import type { WebhookEvent } from '../../../src/correlate/event.ts';
import type { Intake } from '../../../src/receivers/intake.ts';
import { registerWebhookReceivers } from '../../../src/receivers/webhook-receivers.ts';

/** The time that the receivers believe it is. */
export const NOON = Date.parse('2026-11-23T12:00:00Z');

/** Settings under which anybody may post. */
export const OPEN_SETTINGS: WebhookSettings = {
  bodyLimit: 64 * 1024 * 1024,
  alertmanager: { basic: null, authorization: null, hmac: null },
  grafana: { basic: null, authorization: null, hmac: null },
};

/** An intake that keeps everything in memory, in order. */
export interface RecordingIntake extends Intake {
  readonly webhooks: readonly WebhookEvent[];
}

/** Makes a recording intake; `before` runs ahead of each recording and may wait or throw. */
export function recordingIntake(before: () => Promise<void> = async () => {}): RecordingIntake {
  const webhooks: WebhookEvent[] = [];
  return {
    webhooks,
    add: async (webhook) => {
      await before();
      webhooks.push(webhook);
    },
  };
}

/** The application; the caller closes it. */
export function receiverApp(intake: Intake, settings: () => WebhookSettings = () => OPEN_SETTINGS): FastifyInstance {
  const app = Fastify();
  installProblemHandlers(app);
  registerWebhookReceivers(app, { settings, intake, now: () => NOON });
  return app;
}
