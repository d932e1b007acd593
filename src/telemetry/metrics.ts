// The metrics of the service, for Prometheus. No label carries text from an alert.

import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { SuppressionReason } from '../model/evidence.ts';
import type { LedgerDocument } from '../model/ledger-document.ts';
import type { Severity } from '../model/severity.ts';

/** What is read when the metrics are asked for; each rejects when it cannot be read now. */
export interface ScrapedFacts {
  readonly ledger: () => Promise<LedgerDocument>;
  /** Alerts that are held back, by reason. */
  readonly holds: () => Promise<ReadonlyMap<SuppressionReason, number>>;
  readonly openIncidents: () => Promise<ReadonlyMap<Severity, number>>;
  /** Jobs by queue and state. */
  readonly jobs: () => Promise<readonly { readonly queue: string; readonly state: string; readonly count: number }[]>;
  readonly redisWeaknesses: () => number;
  /** Destinations that are left alone as they fail, by kind of target. */
  readonly destinationsLeftAlone: () => ReadonlyMap<string, number>;
}

/** Counts what the service does. */
export interface Metrics {
  readonly registry: Registry;
  webhook(facts: { readonly source: string; readonly code: number; readonly seconds: number }): void;
  alerts(facts: { readonly source: string; readonly accepted: number; readonly rejected: number }): void;
  /** `bulletins` are the kinds of those handed over, such as `digest`. */
  committed(facts: { readonly events: number; readonly seconds: number; readonly bulletins: readonly string[] }): void;
  owned(activeAlerts: number | null): void;
  sent(facts: {
    readonly integration: string;
    readonly outcome: string;
    readonly error: string | null;
    readonly seconds: number;
    readonly uncertain: boolean;
  }): void;
  /** A message that ended for good; `destination` is its id, such as `slack/#ml/3f2a9c1b`. */
  notified(facts: { readonly destination: string; readonly outcome: 'sent' | 'failed' }): void;
  fault(): void;
}

/** The labels of a sample, and its value. */
type Sample = readonly [Readonly<Record<string, string>>, number];

const SECONDS = [0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Makes the metrics with a registry of their own; `activeAlerts` is null where this process does not own the shard. */
export function createMetrics(scraped: ScrapedFacts, activeAlerts: () => number | null): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry, prefix: 'winnow_' });
  const webhookSeconds = new Histogram({
    name: 'winnow_webhook_duration_seconds',
    help: 'Time from a webhook to its answer.',
    labelNames: ['source', 'code'],
    buckets: SECONDS,
    registers,
  });
  const alertsTotal = new Counter({
    name: 'winnow_webhook_alerts_total',
    help: 'Alerts in webhooks, by whether they were accepted or rejected.',
    labelNames: ['source', 'outcome'],
    registers,
  });
  const commitSeconds = new Histogram({ name: 'winnow_commit_duration_seconds', help: 'Time to decide and commit a batch.', buckets: SECONDS, registers });
  const events = new Counter({ name: 'winnow_events_total', help: 'Events decided by this process.', registers });
  const bulletins = new Counter({
    name: 'winnow_bulletins_total',
    help: 'Messages about several alerts at once, digests and storms, that this process handed to a sender.',
    labelNames: ['kind'],
    registers,
  });
  const faults = new Counter({ name: 'winnow_engine_faults_total', help: 'Events that the engine could not decide.', registers });
  const sends = new Histogram({
    name: 'winnow_send_duration_seconds',
    help: 'Attempts to send a message.',
    labelNames: ['integration', 'outcome'],
    buckets: SECONDS,
    registers,
  });
  const errors = new Counter({
    name: 'winnow_send_errors_total',
    help: 'Errors of destinations, by what they say; after those of a message that is gone it was posted anew.',
    labelNames: ['integration', 'error'],
    registers,
  });
  const uncertain = new Counter({
    name: 'winnow_send_uncertain_total',
    help: 'Attempts after one whose outcome is unknown: where the other side cannot tell, a message may have been sent twice.',
    labelNames: ['integration'],
    registers,
  });
  const notifications = new Counter({
    name: 'winnow_notifications_total',
    help: 'Messages that ended: sent, or given up on.',
    labelNames: ['integration'],
    registers,
  });
  const failed = new Counter({
    name: 'winnow_notifications_failed_total',
    help: 'Messages that were given up on: refused, or not sent in an hour.',
    labelNames: ['integration'],
    registers,
  });
  const owner = new Gauge({ name: 'winnow_shard_owner', help: '1 in the process that owns the shard.', labelNames: ['shard'], registers });
  owner.set({ shard: '0' }, 0);
  new Gauge({
    name: 'winnow_alerts_remembered',
    help: 'Alerts in the memory of the process that owns the shard.',
    registers,
    collect() {
      this.set(activeAlerts() ?? 0);
    },
  });
  gaugeOf(
    'winnow_ledger_alerts',
    'Received alerts by account of the ledger, the suppressed ones by reason; all but received add up to it.',
    ['account', 'reason'],
    async () => ledgerSamples(await scraped.ledger()),
  );
  gaugeOf('winnow_holds', 'Alerts that are held back now.', ['reason'], async () => [...(await scraped.holds())].map(([reason, count]) => [{ reason }, count]));
  gaugeOf('winnow_open_incidents', 'Incidents that are not resolved.', ['severity'], async () =>
    [...(await scraped.openIncidents())].map(([severity, count]) => [{ severity }, count]),
  );
  gaugeOf('winnow_redis_weaknesses', 'Settings of Redis that are weaker than durability asks for.', [], async () => [[{}, scraped.redisWeaknesses()]]);
  gaugeOf('winnow_destinations_left_alone', 'Destinations that are left alone for a while, as they fail time after time.', ['integration'], async () =>
    [...scraped.destinationsLeftAlone()].map(([integration, count]) => [{ integration }, count]),
  );
  const jobs = new Gauge({
    name: 'winnow_queue_jobs',
    help: 'Jobs by queue and state.',
    labelNames: ['queue', 'state'],
    registers,
    async collect() {
      for (const { queue, state, count } of await scraped.jobs().catch(() => [])) jobs.set({ queue, state }, count);
    },
  });

  function gaugeOf(name: string, help: string, labelNames: readonly string[], read: () => Promise<readonly Sample[]>): void {
    new Gauge({
      name,
      help,
      labelNames,
      registers,
      async collect() {
        const values = await read().catch(() => null);
        this.reset();
        // What cannot be read now is left out, so that it shows as absent and not as zero.
        for (const [labels, count] of values ?? []) this.set(labels, count);
      },
    });
  }

  return {
    registry,
    webhook: ({ source, code, seconds }) => webhookSeconds.observe({ source, code: String(code) }, seconds),
    alerts({ source, accepted, rejected }) {
      alertsTotal.inc({ source, outcome: 'accepted' }, accepted);
      alertsTotal.inc({ source, outcome: 'rejected' }, rejected);
    },
    committed(facts) {
      commitSeconds.observe(facts.seconds);
      events.inc(facts.events);
      for (const kind of facts.bulletins) bulletins.inc({ kind });
    },
    owned: (alerts) => owner.set({ shard: '0' }, alerts === null ? 0 : 1),
    sent({ integration, outcome, error, seconds, uncertain: repeated }) {
      if (error !== null) errors.inc({ integration, error });
      sends.observe({ integration, outcome }, seconds);
      if (repeated) uncertain.inc({ integration });
    },
    notified({ destination, outcome }) {
      const integration = destination.split('/', 1)[0] ?? '';
      notifications.inc({ integration });
      if (outcome === 'failed') failed.inc({ integration });
    },
    fault: () => faults.inc(),
  };
}

/** An account whose alerts have reasons is the sum of its samples. */
function ledgerSamples({ suppressedByReason, suppressed, ...accounts }: LedgerDocument): Sample[] {
  const plain = Object.entries(accounts).map(([account, count]): Sample => [{ account }, count]);
  if (suppressed === 0) return [...plain, [{ account: 'suppressed' }, 0]];
  return [...plain, ...Object.entries(suppressedByReason).map(([reason, count]): Sample => [{ account: 'suppressed', reason }, count])];
}
