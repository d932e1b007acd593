// What a service took in is exported, and a replay of that tells what the service told.

import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { App } from '../../../src/app.ts';
import { exportCommand } from '../../../src/cli/export/export-command.ts';
import { readRecordedEvent } from '../../../src/cli/replay/recorded-event.ts';
import { Replay } from '../../../src/cli/replay/replay.ts';
import { formatInstant, type Instant, MINUTE, SECOND } from '../../../src/model/time.ts';
import type { SendRequest } from '../../../src/notify/integration.ts';
import { type RedisProcess, startRedis } from './redis-process.ts';
import { ask, incidentsOf, ledgerOf } from './rest-client.ts';
import { configOf, startService } from './running-service.ts';
import { undoList } from './undo.ts';
import { until } from './until.ts';
import { type PostedAlert, postWebhook, webhookBody } from './webhooks.ts';

const CONFIG = `
route: {receiver: terminal, group_wait: 30s, group_interval: 1m}
receivers: [{name: terminal, console_configs: [{}]}]
`;
const BEGIN = Date.parse('2026-03-01T10:00:00Z');

const undo = undoList();
let redis: RedisProcess;
let clock: Instant = BEGIN;

beforeAll(async () => {
  redis = await startRedis();
  undo.later(() => redis.remove());
});
afterAll(() => undo.all());

function alert(node: string, more: Partial<PostedAlert> = {}): PostedAlert {
  return { labels: { alertname: 'NodeDown', node, severity: 'critical' }, startsAt: formatInstant(clock - 5 * SECOND), ...more };
}

async function start(told: string[], more = ''): Promise<App> {
  const service = await startService({
    config: CONFIG + more,
    redisUrl: redis.url,
    now: () => clock,
    decorate: (name, part) =>
      name !== 'integration'
        ? part
        : {
            ...part,
            async send(request: SendRequest) {
              told.push(`${request.kind} ${request.view.incident.id}`);
              return { kind: 'sent', reference: {} };
            },
          },
  });
  undo.later(() => service.close());
  return service;
}

/** Has the service decide everything that is due by its clock. */
async function settle({ url }: App): Promise<void> {
  await ask(url, '/api/v1/changes', { method: 'POST', body: { entity: 'node/z', summary: 's', kind: 'k', at: formatInstant(clock) } });
}

async function exported(
  since = 0,
  end = Number.MAX_SAFE_INTEGER,
): Promise<{ readonly status: number; readonly lines: readonly string[]; readonly said: string }> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  let [text, said] = ['', ''];
  stdout.on('data', (chunk) => (text += String(chunk)));
  stderr.on('data', (chunk) => (said += String(chunk)));
  const status = await exportCommand({ since, until: end, redisUrl: redis.url, dataDir: '', stdout, stderr });
  return { status, lines: text.split('\n').slice(0, -1), said };
}

it('a replay of an export tells what the service told', { timeout: 60_000 }, async () => {
  const told: string[] = [];
  const service = await start(told);
  const first = [alert('a'), alert('b')];
  expect((await postWebhook(service.url, webhookBody(first))).status).toBe(202);
  await until('the alerts to be decided', async () => (await ledgerOf(service.url)).received === 2);
  clock += MINUTE;
  await settle(service);
  await until('a message', () => told.length === 2);
  const [incident] = await incidentsOf(service.url);
  await ask(service.url, `/api/v1/incidents/${incident?.id}/acknowledge`, { method: 'POST', body: { by: 'ada' } });
  clock += 5 * MINUTE;
  await settle(service);
  clock += MINUTE;
  expect((await postWebhook(service.url, webhookBody([...first.map((each) => ({ ...each, status: 'resolved' as const })), alert('c')]))).status).toBe(202);
  await until('the ends to be decided', async () => (await ledgerOf(service.url)).received === 5);
  clock += 30 * MINUTE;
  await settle(service);
  const ledger = await until('nothing to be pending', async () => {
    const found = await ledgerOf(service.url);
    return found.pending === 0 && found;
  });
  await service.close();

  const { status, lines, said } = await exported();
  expect(status).toBe(0);
  expect(said).toBe(`${lines.length} lines, the last of ${formatInstant(clock)}\n`);
  const replay = new Replay(configOf(CONFIG).policy);
  for (const line of lines) {
    const event = readRecordedEvent(line);
    if (event.kind === 'unreadable') throw new Error(event.message);
    replay.event(event);
  }
  replay.finish();
  const { notifications, totals } = replay.archive;
  expect(notifications.map(({ kind, incidentId }) => `${kind} ${incidentId}`).sort()).toEqual(told.toSorted());
  expect({ received: totals.received, notified: totals.notified, failed: totals.failed }).toEqual({
    received: ledger.received,
    notified: ledger.notified,
    failed: ledger.failed,
  });

  const later = await exported(BEGIN + 6 * MINUTE, clock - MINUTE);
  expect(later.lines.map((line) => JSON.parse(line).source)).toEqual(['change', 'alertmanager']);
});

it('what is redacted is in no export, and a replay of it under the same key tells the same', { timeout: 60_000 }, async () => {
  await redis.clear();
  const more = `
redact: {labels: [node], annotations: [summary], key: 'a key that is long enough'}
topology: {dependencies: [{from: model/ranker, to: [node/secret-1]}]}
inhibit_rules: [{source_matchers: [alertname="NodeDown"], target_matchers: [severity="info"], equal: [node]}]
`;
  const told: string[] = [];
  const service = await start(told, more);
  const alerts: PostedAlert[] = [
    alert('secret-1', { annotations: { summary: 'secret-1 is down' } }),
    { labels: { alertname: 'Slow', model: 'ranker', severity: 'warning' }, startsAt: formatInstant(clock - SECOND) },
    { labels: { alertname: 'Fan', node: 'secret-1', severity: 'info' }, startsAt: formatInstant(clock - SECOND) },
  ];
  expect((await postWebhook(service.url, webhookBody(alerts))).status).toBe(202);
  await until('the alerts to be decided', async () => (await ledgerOf(service.url)).received === 3);
  clock += MINUTE;
  await settle(service);
  await until('a message', () => told.length === 1);
  const [incident] = await incidentsOf(service.url);
  expect(incident?.alertCount).toBe(3);
  expect(JSON.stringify([incident, await ask(service.url, '/api/v1/topology'), await ask(service.url, '/api/v1/suppressions')])).not.toContain('secret-1');
  await service.close();

  const { lines } = await exported();
  expect(lines.join('')).not.toContain('secret-1');
  const replay = new Replay(configOf(CONFIG + more).policy);
  for (const line of lines) {
    const event = readRecordedEvent(line);
    if (event.kind === 'unreadable') throw new Error(event.message);
    replay.event(event);
  }
  replay.finish();
  expect(replay.archive.notifications.map(({ kind, incidentId }) => `${kind} ${incidentId}`)).toEqual(told);
  const [again] = replay.archive.incidents.values();
  expect([again?.title, again?.rootCauses[0]?.entity]).toEqual([incident?.title, incident?.rootCauses[0]?.entity]);
});

it('a replay of an export does all that people did', { timeout: 60_000 }, async () => {
  await redis.clear();
  const service = await start([]);
  const posted = [alert('d'), { ...alert('d'), labels: { alertname: 'DiskFull', node: 'd', severity: 'warning' } }, alert('e')];
  expect((await postWebhook(service.url, webhookBody(posted))).status).toBe(202);
  const before = await until('both incidents', async () => {
    const found = await incidentsOf(service.url);
    return found.flatMap(({ alerts }) => alerts).length === 3 && found;
  });
  const [first, second] = ['node/d', 'node/e'].map((entity) => before.find(({ alerts }) => alerts[0]?.entity === entity));
  expect(first?.alerts).toHaveLength(2);
  const disk = first?.alerts.find(({ labels }) => labels['alertname'] === 'DiskFull')?.fingerprint;
  const act = (id: string | undefined, action: string, body: object) => ask(service.url, `/api/v1/incidents/${id}/${action}`, { method: 'POST', body });
  clock += MINUTE;
  await act(first?.id, 'split', { fingerprints: [disk], by: 'ada' });
  await act(second?.id, 'merge', { into: first?.id, by: 'ada' });
  await act(first?.id, 'feedback', { entity: 'node/z', correct: true, by: 'ada' });
  await act(first?.id, 'snooze', { until: formatInstant(clock + 60 * MINUTE), by: 'ada' });
  const after = await incidentsOf(service.url);
  await service.close();

  const replay = new Replay(configOf(CONFIG).policy);
  for (const line of (await exported()).lines) {
    const event = readRecordedEvent(line);
    if (event.kind === 'unreadable') throw new Error(event.message);
    replay.event(event);
  }
  replay.finish();
  const { incidents } = replay.archive;
  expect([...incidents.keys()].sort()).toEqual(after.map(({ id }) => id).sort());
  for (const { id, alertCount, mergedInto, rootCauses } of after) {
    const replayed = incidents.get(id);
    expect({ alertCount: replayed?.alertCount, mergedInto: replayed?.mergedInto, cause: replayed?.rootCauses[0]?.entity }).toEqual({
      alertCount,
      mergedInto,
      cause: rootCauses[0]?.entity,
    });
  }
});

it('nothing is recorded where that is switched off', { timeout: 60_000 }, async () => {
  await redis.clear();
  const service = await start([], 'retention: {webhooks: off}\n');
  expect((await postWebhook(service.url, webhookBody([alert('a')]))).status).toBe(202);
  await until('the alert to be decided', async () => (await ledgerOf(service.url)).received === 1);
  expect(await exported()).toEqual({ status: 0, lines: [], said: 'nothing is recorded of that time\n' });
});
