// The metrics of the service, for Prometheus. No label carries text from an alert.

import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { LedgerDocument } from '../model/ledger-document.ts';
import type { Severity } from '../model/severity.ts';
import type { Instant } from '../model/time.ts';

/** What is read when the metrics are asked for; each rejects when it cannot be read now. */
export interface ScrapedFacts {
  readonly ledger: () => Promise<LedgerDocument>;
  readonly openIncidents: () => Promise<ReadonlyMap<Severity, number>>;
  /** Jobs by queue and state. */
  readonly jobs: () => Promise<readonly { readonly queue: string; readonly state: string; readonly count: number }[]>;
  readonly redisWeaknesses: () => number;
}

/** Counts what the service does. */
export interface Metrics {
  readonly registry: Registry;
  webhook(facts: { readonly source: string; readonly code: number; readonly seconds: number }): void;
  alerts(facts: { readonly source: string; readonly accepted: number; readonly rejected: number }): void;
  committed(facts: { readonly events: number; readonly seconds: number }): void;
  owned(activeAlerts: number | null): void;
  sent(facts: { readonly integration: string; readonly outcome: string; readonly seconds: number; readonly uncertain: boolean }): void;
  fault(): void;
  /** Told how each reading of the configuration ended. */
  configured(ok: boolean, at: Instant): void;
}

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
  const faults = new Counter({ name: 'winnow_engine_faults_total', help: 'Events that the engine could not decide.', registers });
  const sends = new Histogram({
    name: 'winnow_send_duration_seconds',
    help: 'Attempts to send a message.',
    labelNames: ['integration', 'outcome'],
    buckets: SECONDS,
    registers,
  });
  const uncertain = new Counter({
    name: 'winnow_send_uncertain_total',
    help: 'Attempts after one whose outcome is unknown: where the other side cannot tell, a message may have been sent twice.',
    labelNames: ['integration'],
    registers,
  });
  const configOk = new Gauge({ name: 'winnow_config_last_reload_successful', help: '1 when the configuration that was read last is in force.', registers });
  const configAt = new Gauge({
    name: 'winnow_config_last_reload_success_timestamp_seconds',
    help: 'When a configuration last came into force, as Unix time.',
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
  gaugeOf('winnow_ledger_alerts', 'Received alerts by account of the ledger; all but received add up to it.', 'account', async () => {
    const { suppressedByReason, ...accounts } = await scraped.ledger();
    return Object.entries(accounts);
  });
  gaugeOf('winnow_suppressed_alerts', 'Suppressed alerts by reason.', 'reason', async () => Object.entries((await scraped.ledger()).suppressedByReason));
  gaugeOf('winnow_open_incidents', 'Incidents that are not resolved.', 'severity', async () => [...(await scraped.openIncidents())]);
  gaugeOf('winnow_redis_weaknesses', 'Settings of Redis that are weaker than durability asks for.', null, async () => [['', scraped.redisWeaknesses()]]);
  const jobs = new Gauge({
    name: 'winnow_queue_jobs',
    help: 'Jobs by queue and state.',
    labelNames: ['queue', 'state'],
    registers,
    async collect() {
      for (const { queue, state, count } of await scraped.jobs().catch(() => [])) jobs.set({ queue, state }, count);
    },
  });

  function gaugeOf(name: string, help: string, label: string | null, read: () => Promise<readonly (readonly [string, number])[]>): void {
    new Gauge({
      name,
      help,
      labelNames: label === null ? [] : [label],
      registers,
      async collect() {
        const values = await read().catch(() => null);
        this.reset();
        // What cannot be read now is left out, so that it shows as absent and not as zero.
        for (const [value, count] of values ?? []) this.set(label === null ? {} : { [label]: value }, count);
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
    },
    owned: (alerts) => owner.set({ shard: '0' }, alerts === null ? 0 : 1),
    sent({ integration, outcome, seconds, uncertain: repeated }) {
      sends.observe({ integration, outcome }, seconds);
      if (repeated) uncertain.inc({ integration });
    },
    fault: () => faults.inc(),
    configured(ok, at) {
      configOk.set(ok ? 1 : 0);
      if (ok) configAt.set(at / 1000);
    },
  };
}
