// What is posted to a service and what is replayed from a recording of it end in the same incidents.

import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readRecordedEvent } from '../../../src/cli/replay/recorded-event.ts';
import { Replay } from '../../../src/cli/replay/replay.ts';
import { jsonReport } from '../../../src/cli/replay/report.ts';
import { formatInstant, HOUR, type Instant, SECOND } from '../../../src/model/time.ts';
import { type RedisProcess, startRedis } from './redis-process.ts';
import { addsUp, ask, type IncidentAnswer, incidentsOf, type LedgerAnswer, ledgerOf, RefusedRequest } from './rest-client.ts';
import { configOf, startService } from './running-service.ts';
import { undoList } from './undo.ts';
import { until } from './until.ts';
import { type PostedAlert, postWebhook, webhookBody } from './webhooks.ts';

const CONFIG = `
stale_after: 2d
route: {receiver: terminal, group_wait: 30s, group_interval: 1m}
receivers: [{name: terminal, console_configs: [{}]}]
topology:
  dependencies:
    - {from: model/ranker, to: [service/ranker]}
    - {from: service/ranker, to: [node/gpu-1, node/gpu-2]}
`;

/** What alerts are about; the last one names no entity. */
const SUBJECTS = [{ node: 'gpu-1' }, { node: 'gpu-2' }, { service: 'ranker' }, { model: 'ranker' }, { service: 'other' }, {}] as const;
const SEVERITIES = ['critical', 'warning', 'info'];

const firing = fc.record({
  subject: fc.nat(SUBJECTS.length - 1),
  rule: fc.nat(1),
  resolved: fc.boolean(),
  /** Whether it starts anew, or has the start that it had last. */
  anew: fc.boolean(),
  /** How many seconds before it is posted it started. */
  ago: fc.nat(30),
});
/** One step of a history, and how many seconds pass before it. */
const step = fc.record({
  after: fc.oneof({ weight: 4, arbitrary: fc.nat(40) }, fc.nat(1200)),
  what: fc.oneof(
    {
      weight: 8,
      arbitrary: fc.record({
        kind: fc.constant('webhook' as const),
        alerts: fc.array(firing, { minLength: 1, maxLength: 4 }),
        times: fc.integer({ min: 1, max: 2 }),
      }),
    },
    fc.record({ kind: fc.constant('action' as const), action: fc.constantFrom('acknowledge', 'resolve'), which: fc.nat(20) }),
    fc.record({ kind: fc.constant('change' as const), subject: fc.nat(3) }),
  ),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const undo = undoList();
let redis: RedisProcess;

beforeAll(async () => {
  redis = await startRedis();
  undo.later(() => redis.remove());
});

afterAll(() => undo.all());

/** Plays a history to a service on a clock that the history moves. Answers what the service decided, and the recording. */
async function serve(history: readonly Step[]) {
  let clock: Instant = Date.parse('2026-03-01T10:00:00Z');
  const lines: string[] = [];
  const starts = new Map<string, string>();
  let received = 0;
  await redis.clear();
  const service = await startService({ config: CONFIG, redisUrl: redis.url, now: () => clock });
  const record = (source: string, body: unknown) => void lines.push(JSON.stringify({ receivedAt: formatInstant(clock), source, body }));
  const pendingDeliveries = async () => (await ask<{ items: { due: { at: string } | null }[] }>(service.url, '/api/v1/deliveries?status=pending')).items;
  const decided = () => until('all to be decided', async () => (await ledgerOf(service.url)).received === received);

  const posted = ({ subject, rule, resolved, anew, ago }: typeof firing extends fc.Arbitrary<infer T> ? T : never): PostedAlert => {
    const labels = { alertname: `Rule${rule}`, severity: SEVERITIES[subject % SEVERITIES.length] ?? '', ...SUBJECTS[subject] };
    const key = JSON.stringify(labels);
    const startsAt = (anew ? undefined : starts.get(key)) ?? formatInstant(clock - ago * SECOND);
    starts.set(key, startsAt);
    return { labels, startsAt, ...(resolved ? { status: 'resolved', endsAt: formatInstant(clock) } : {}) };
  };
  const change = async (entity: string) => {
    const body = { entity, summary: 'a new version', kind: 'deployment', at: formatInstant(clock) };
    record('change', body);
    await ask(service.url, '/api/v1/changes', { method: 'POST', body });
  };
  const act = async (action: string, which: number) => {
    await decided();
    const incidents = (await incidentsOf(service.url)).filter(({ status }) => status !== 'resolved');
    const incident = incidents[which % Math.max(1, incidents.length)];
    if (incident === undefined) return;
    record('action', { action, incidentId: incident.id, by: 'ada' });
    // What was open when it was looked at may have ended by a timer since: that answer is none of ours to judge.
    await ask(service.url, `/api/v1/incidents/${incident.id}/${action}`, { method: 'POST', body: { by: 'ada' } }).catch((error: unknown) => {
      if (!(error instanceof RefusedRequest) || error.status !== 409) throw error;
    });
  };

  try {
    for (const { after, what } of history) {
      clock += after * SECOND;
      if (what.kind === 'change') await change(['node/gpu-1', 'node/gpu-2', 'service/ranker', 'model/ranker'][what.subject] ?? '');
      else if (what.kind === 'action') await act(what.action, what.which);
      else {
        const body = webhookBody(what.alerts.map(posted));
        for (let time = 0; time < what.times; time++) {
          record('alertmanager', body);
          received += what.alerts.length;
          expect((await postWebhook(service.url, body)).status).toBe(202);
        }
      }
    }
    // What is pending is due within hours; each change makes the service look, and what was sent may make something else due.
    for (let round = 0; round < 4; round++) {
      clock += 3 * HOUR;
      await change('node/gpu-9');
      await until('what is due to be sent', async () => (await pendingDeliveries()).every(({ due }) => due !== null && Date.parse(due.at) > clock));
    }
    const ledger = await until('nothing to be pending', async () => {
      const found = await ledgerOf(service.url);
      return found.received === received && found.pending === 0 && found;
    });
    return { incidents: await incidentsOf(service.url), ledger, lines };
  } finally {
    await service.close();
  }
}

function replay(lines: readonly string[]): { readonly incidents: readonly IncidentAnswer[]; readonly ledger: LedgerAnswer } {
  const run = new Replay(configOf(CONFIG).policy);
  for (const line of lines) {
    const event = readRecordedEvent(line);
    if (event.kind === 'unreadable') throw new Error(event.message);
    run.event(event);
  }
  run.finish();
  return JSON.parse([...jsonReport(run.archive)].join('')) as ReturnType<typeof replay>;
}

describe('a random history', () => {
  it('gives the service and a replay the same incidents and the same ledger', { timeout: 120_000 }, async () => {
    const histories = fc.asyncProperty(fc.array(step, { minLength: 30, maxLength: 60 }), async (history) => {
      const served = await serve(history);
      const replayed = replay(served.lines);
      expect(served.incidents).toEqual(replayed.incidents);
      expect(served.ledger).toEqual(replayed.ledger);
      expect(addsUp(served.ledger)).toBe(true);
    });
    await fc.assert(histories, { numRuns: 20, endOnFailure: true });
  });
});
