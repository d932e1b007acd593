// The sending side of a process: one worker that sends what is due, in its turn, and says what came of it.

import type { Logger } from 'pino';
import type { Config } from './config/config.ts';
import type { DeliveryReported } from './correlate/event.ts';
import type { Change } from './model/change.ts';
import type { Instant } from './model/time.ts';
import type { DeliveryRecords } from './notify/delivery-records.ts';
import { errorKind } from './notify/error-kind.ts';
import type { Integration } from './notify/integration.ts';
import { forwardChange, isChangeMessage } from './notify/pagerduty/forward-change.ts';
import { type SendFacts, sendDelivery } from './notify/send-delivery.ts';
import type { Target } from './notify/target.ts';
import { createTurns, type SharedPace } from './notify/turns.ts';
import { type DeliveryWorkerOptions, startDeliveryWorker } from './queue/delivery-queue.ts';
import type { Metrics } from './telemetry/metrics.ts';

/** What sending needs. */
export interface SendingOptions extends Omit<DeliveryWorkerOptions, 'handler'> {
  readonly records: DeliveryRecords;
  readonly integrations: ReadonlyMap<Target['kind'], Integration>;
  /** Where the processes of a service keep Slack's limits together. */
  readonly pace: SharedPace;
  readonly config: () => Config;
  readonly change: (id: string) => Promise<Change | null>;
  /** Takes a report to the shard; resolves once it is durable. */
  readonly report: (reported: DeliveryReported) => Promise<void>;
  readonly metrics: Metrics;
  readonly now: () => Instant;
  readonly log: Logger;
}

/** Starts sending at once; `close` waits for the messages in hand, but not for long. */
export function startSending({ records, integrations, pace, config, change, report, metrics, now, log, ...worker }: SendingOptions): {
  close(): Promise<void>;
} {
  // Turns wait in real time, whatever clock decisions go by.
  const turns = createTurns({
    now: () => performance.now(),
    later(wait, callback) {
      const timer = setTimeout(callback, wait);
      return () => clearTimeout(timer);
    },
    shared: pace,
  });
  const targets = () => config().targets;
  const observe = (facts: SendFacts): void => {
    const { integration, outcome, error, took, uncertain } = facts;
    metrics.sent({ integration, outcome, error: error === null ? null : errorKind(error), seconds: took / 1000, uncertain });
    if (error !== null) log.warn({ ...facts }, outcome === 'sent' ? 'a message could not be changed any more and was posted anew' : 'a message was not sent');
  };
  const deliveries = startDeliveryWorker({
    ...worker,
    handler(message) {
      if (isChangeMessage(message)) return forwardChange(message, { change, targets, now });
      return sendDelivery(message, {
        records,
        integrations,
        targets,
        externalUrl: () => config().externalUrl,
        async report(reported) {
          await report(reported);
          metrics.notified({ destination: reported.deliveryId.slice(reported.deliveryId.indexOf('~') + 1), outcome: reported.outcome });
        },
        now,
        turns,
        observe,
      });
    },
  });
  return {
    close() {
      turns.stop();
      return deliveries.close();
    },
  };
}
