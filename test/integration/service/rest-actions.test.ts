// What people do and ask over REST, through a whole service: it is decided, told and accounted for.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PagerDutyStandIn } from '../../stand-ins/pagerduty.ts';
import type { SlackStandIn } from '../../stand-ins/slack.ts';
import type { RedisProcess } from './redis-process.ts';
import { addsUp, ask, type DeliveryAnswer, type IncidentAnswer, incidentsOf, ledgerOf, settledLedger } from './rest-client.ts';
import { startService } from './running-service.ts';
import { serviceConfig } from './service-config.ts';
import { startSurroundings } from './surroundings.ts';
import { undoList } from './undo.ts';
import { until } from './until.ts';
import { nodeDown, postUntilAccepted, postWebhook, webhookBody } from './webhooks.ts';

const undo = undoList();
let redis: RedisProcess;
let slack: SlackStandIn;
let pagerDuty: PagerDutyStandIn;
let url: string;

beforeEach(async () => {
  ({ redis, slack, pagerDuty } = await startSurroundings(undo));
  const more = 'topology: {dependencies: [{from: service/ranker, to: [node/gpu-7]}]}';
  const service = await startService({ redisUrl: redis.url, config: serviceConfig({ slack: slack.url, pagerDuty: pagerDuty.url, more }) });
  undo.later(() => service.close());
  url = service.url;
});

afterEach(() => undo.all());

const post = <T>(path: string, body: unknown = {}) => ask<T>(url, path, { method: 'POST', body });

/** Posts that a node is down, and resolves with its incident once everybody has been told. */
async function openIncident(node = 'gpu-7', startsAt?: string): Promise<IncidentAnswer> {
  const before = (await ledgerOf(url)).received;
  await postUntilAccepted(url, webhookBody([{ ...nodeDown(node), ...(startsAt === undefined ? {} : { startsAt }) }]));
  await settledLedger(url, before + 1);
  await until('both to be told', () => slack.messages.length > before && pagerDuty.incidents.length > before);
  const incident = (await incidentsOf(url)).at(-1);
  if (incident === undefined) throw new Error('there is no incident');
  return incident;
}

async function kindsOf(incidentId: string): Promise<string[]> {
  const { items } = await ask<{ items: { kind: string }[] }>(url, `/api/v1/incidents/${incidentId}/timeline`);
  return items.map(({ kind }) => kind).filter((kind) => kind !== 'told');
}

describe('an incident', () => {
  it('that is acknowledged says by whom, everywhere, and is acknowledged once', async () => {
    const { id } = await openIncident();
    const acknowledged = await post<IncidentAnswer>(`/api/v1/incidents/${id}/acknowledge`, { by: 'ada', comment: 'I look at it' });
    expect(acknowledged).toMatchObject({ status: 'acknowledged', acknowledgedBy: 'ada' });
    expect(await post(`/api/v1/incidents/${id}/acknowledge`, { by: 'bob' })).toEqual(acknowledged);
    await until('the message to name her', () => JSON.stringify(slack.messages[0]).includes('ada'));
    expect(slack.posts).toHaveLength(1);
    await until('the thread to say so', () => slack.messages[1]?.text === '👤 Acknowledged by ada');
    expect(await kindsOf(id)).toEqual(['opened', 'acknowledged']);
  });

  it('that is resolved by a person is over for Slack and PagerDuty, and reopens when an alert starts anew', async () => {
    const { id } = await openIncident();
    expect(await post(`/api/v1/incidents/${id}/resolve`, { by: 'ada' })).toMatchObject({ status: 'resolved' });
    await until('both to be told', () => slack.messages[0]?.edits === 1 && pagerDuty.incidents[0]?.status === 'resolved');

    await postWebhook(url, webhookBody([nodeDown('gpu-7', { startsAt: '2026-03-01T11:00:00Z' })]));
    await until('both to be told that it goes on', () => slack.messages[0]?.edits === 2 && pagerDuty.incidents.length === 2);
    expect(await ask(url, `/api/v1/incidents/${id}`)).toMatchObject({ status: 'open', resolvedAt: null, alertCount: 1 });
    expect(await kindsOf(id)).toEqual(['opened', 'resolved', 'reopened']);
    expect(slack.posts).toHaveLength(1);
    expect(pagerDuty.incidents.map(({ dedupKey, status }) => [dedupKey, status])).toEqual([
      [id, 'resolved'],
      [`${id}/2`, 'open'],
    ]);
  });

  it('that is resolved cannot be acknowledged, and one that never was is not found', async () => {
    const { id } = await openIncident();
    await post(`/api/v1/incidents/${id}/resolve`);
    await expect(post(`/api/v1/incidents/${id}/acknowledge`)).rejects.toMatchObject({ status: 409, code: 'already-resolved' });
    await expect(post('/api/v1/incidents/01ARZ3NDEKTSV4RRFFQ69G5FAV/resolve')).rejects.toMatchObject({ status: 404, code: 'not-found' });
  });
});

describe('what is put by REST', () => {
  it('a change is a likely cause of what comes after it', async () => {
    const change = {
      id: 'deploy-7',
      entity: 'node/gpu-7',
      summary: 'driver 550 rolled out',
      kind: 'deployment',
      at: new Date(Date.now() - 60_000).toISOString(),
    };
    await post('/api/v1/changes', change);
    await post('/api/v1/changes', change);
    expect((await ask<{ items: unknown[] }>(url, '/api/v1/changes')).items).toHaveLength(1);
    const { rootCauses } = await openIncident('gpu-7', new Date().toISOString());
    expect(rootCauses.map(({ changeId }) => changeId)).toContain('deploy-7');
    expect(JSON.stringify(slack.messages[0]?.blocks)).toContain('deployment');
  });

  it('a dependency joins the alerts of those that it connects', async () => {
    await ask(url, '/api/v1/topology', { method: 'PUT', body: { edges: [{ from: 'model/search', to: 'service/ranker' }] } });
    expect(await ask(url, '/api/v1/topology')).toEqual({
      edges: expect.arrayContaining([
        { from: 'service/ranker', to: 'node/gpu-7', origin: 'declared' },
        { from: 'model/search', to: 'service/ranker', origin: 'put' },
      ]),
    });
    await postUntilAccepted(url, webhookBody([nodeDown('gpu-7'), { labels: { alertname: 'DriftHigh', model: 'search' } }]));
    await settledLedger(url, 2);
    const [incident, ...others] = await incidentsOf(url);
    expect([others, incident?.alertCount, incident?.rootCauses[0]?.entity]).toEqual([[], 2, 'node/gpu-7']);
    expect(incident?.alerts.flatMap(({ joinedBecause }) => joinedBecause.map(({ kind }) => kind))).toContain('topology');
  });
});

describe('a delivery that was given up on', () => {
  it('is listed, its alerts are failed, and it is told once it is retried', async () => {
    // An answer that no further attempt would change.
    slack.failNext({ kind: 'error', error: 'channel_not_found' });
    pagerDuty.failNext({ kind: 'status', status: 403 });
    await postUntilAccepted(url, webhookBody([nodeDown('gpu-7')]));
    expect(await settledLedger(url, 1)).toMatchObject({ failed: 1, notified: 0 });
    const failed = () => ask<{ items: DeliveryAnswer[] }>(url, '/api/v1/deliveries?status=failed');
    const { items } = await failed();
    expect(items.map(({ integration }) => integration).sort()).toEqual(['pagerduty', 'slack']);
    expect(items.find(({ integration }) => integration === 'slack')?.lastError).toContain('channel_not_found');

    // Nobody could be told of the alert, so that it is news to every destination again.
    await post(`/api/v1/deliveries/${encodeURIComponent(items[0]?.id ?? '')}/retry`, { by: 'ada' });
    expect(await settledLedger(url, 1)).toMatchObject({ failed: 0, notified: 1 });
    await until('both to be told', () => slack.messages.length === 1 && pagerDuty.incidents.length === 1);
    await until('no delivery to be failed', async () => (await failed()).items.length === 0);
    await expect(post(`/api/v1/deliveries/${encodeURIComponent(items[0]?.id ?? '')}/retry`)).rejects.toMatchObject({ status: 409, code: 'not-failed' });
  });

  it('is not given up on while the other side is away: it is told when it is back', async () => {
    slack.failNext({ kind: 'status', status: 503 });
    await postUntilAccepted(url, webhookBody([nodeDown('gpu-7')]));
    await until('the message', () => slack.messages.length === 1);
    expect(addsUp(await settledLedger(url, 1))).toBe(true);
    expect(slack.calls.filter(({ method }) => method === 'chat.postMessage')).toHaveLength(2);
  });
});

describe('what people do beyond that', () => {
  const action = <T>(id: string, name: string, body: unknown, key?: string) =>
    fetch(`${url}/api/v1/incidents/${id}/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(key === undefined ? {} : { 'idempotency-key': key }) },
      body: JSON.stringify(body),
    }).then((response) => response.json() as Promise<T>);

  it('is decided once for each key, told, in both timelines and in the audit log', async () => {
    const first = await openIncident();
    await postWebhook(url, webhookBody([{ labels: { alertname: 'DiskFull', node: 'gpu-7', severity: 'warning' } }]));
    await settledLedger(url, 2);
    const { alerts } = await ask<IncidentAnswer>(url, `/api/v1/incidents/${first.id}`);
    const fingerprints = alerts.filter(({ labels }) => labels['alertname'] === 'DiskFull').map(({ fingerprint }) => fingerprint);
    expect(fingerprints).toHaveLength(1);

    const split = await action<IncidentAnswer>(first.id, 'split', { fingerprints, by: 'ada' }, 'once');
    expect(split).toMatchObject({ status: 'open', alertCount: 1, severity: 'warning', alerts: [{ joinedBecause: [{ kind: 'person' }] }] });
    expect(await action(first.id, 'split', { fingerprints, by: 'ada' }, 'once')).toMatchObject({ id: split.id });
    await until('the new one to be told', () => slack.messages.length === 2);

    const until1 = new Date(Date.now() + 3_600_000).toISOString();
    expect(await action(split.id, 'snooze', { until: until1 })).toMatchObject({ snoozedUntil: until1 });
    expect(await action(split.id, 'merge', { into: first.id })).toMatchObject({ id: first.id, alertCount: 2 });
    expect(await ask(url, `/api/v1/incidents/${split.id}`)).toMatchObject({ status: 'resolved', mergedInto: first.id });
    const judged = await action<IncidentAnswer>(first.id, 'feedback', { entity: 'switch/leaf-3', correct: true });
    expect(judged.rootCauses[0]?.entity).toBe('switch/leaf-3');

    const { items } = await ask<{ items: { action: string; by: string; target: string }[] }>(url, '/api/v1/audit');
    expect(items.map(({ action: what, by, target }) => [what, by, target === first.id])).toEqual([
      ['feedback', 'anonymous', true],
      ['merge', 'anonymous', false],
      ['snooze', 'anonymous', false],
      ['split', 'ada', true],
    ]);
    expect(await kindsOf(first.id)).toEqual(expect.arrayContaining(['split', 'merged', 'feedback']));
    expect(addsUp(await ledgerOf(url))).toBe(true);
  });

  it('is in the stream of events, which goes on where a client left off', async () => {
    const { id } = await openIncident();
    const read = async (headers: Record<string, string>, wanted: RegExp): Promise<string> => {
      const leaving = new AbortController();
      const response = await fetch(`${url}/api/v1/events`, { headers, signal: leaving.signal });
      let text = '';
      for await (const chunk of response.body ?? []) {
        text += Buffer.from(chunk).toString();
        if (headers['last-event-id'] === undefined && !text.includes('event:')) await post(`/api/v1/incidents/${id}/acknowledge`);
        if (wanted.test(text)) break;
      }
      leaving.abort();
      return text;
    };
    const live = await read({}, /"status":"acknowledged"[\s\S]*\n\n/);
    expect(live).toContain(`"id":"${id}"`);
    const last = [...live.matchAll(/^id: (.*)$/gm)].at(-1)?.[1] ?? '';
    await post(`/api/v1/incidents/${id}/resolve`);
    expect(await read({ 'last-event-id': last }, /"status":"resolved"/)).not.toContain('reset');
  });
});

/** The samples of an exposition in Prometheus' text format, by name with labels; throws for a line that is none. */
function samplesOf(text: string): ReadonlyMap<string, number> {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line): [string, number] => {
      const sample = /^([a-zA-Z_:][\w:]*(?:\{(?:[a-zA-Z_]\w*="(?:[^"\\]|\\.)*",?)*\})?) (\S+)$/.exec(line);
      if (sample === null || (Number.isNaN(Number(sample[2])) && !/^(NaN|[+-]Inf)$/.test(sample[2] ?? ''))) throw new Error(`no sample: ${line}`);
      return [sample[1] ?? '', Number(sample[2])];
    }),
  );
}

describe('the metrics', () => {
  it('can be read by Prometheus, all begin with winnow_, and hold the ledger', async () => {
    await openIncident();
    await postWebhook(url, webhookBody([nodeDown('gpu-7')]));
    await settledLedger(url, 2);
    const response = await fetch(`${url}/metrics`);
    expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    const samples = samplesOf(await response.text());
    expect([...samples.keys()].filter((name) => !name.startsWith('winnow_'))).toEqual([]);
    const of = (account: string) => samples.get(`winnow_ledger_alerts{account="${account}"}`);
    expect(['received', 'notified', 'pending', 'suppressed', 'duplicate', 'failed'].map(of)).toEqual([2, 1, 0, 0, 1, 0]);
    expect(samples.get('winnow_open_incidents{severity="critical"}')).toBe(1);
    expect(samples.get('winnow_shard_owner{shard="0"}')).toBe(1);
    expect(samples.get('winnow_redis_weaknesses')).toBe(0);
  });

  it('leave out what cannot be known while Redis is away', async () => {
    await until('the service to be ready', () => ask(url, '/-/ready'));
    await redis.kill();
    await until('the service not to be ready', async () => (await fetch(`${url}/-/ready`)).status === 503);
    expect((await fetch(`${url}/-/healthy`)).status).toBe(200);
    const samples = samplesOf(await (await fetch(`${url}/metrics`)).text());
    expect([...samples.keys()].filter((name) => name.startsWith('winnow_ledger_alerts'))).toEqual([]);
    await expect(ledgerOf(url)).rejects.toMatchObject({ status: 503, code: 'unavailable' });
    await redis.start();
    await until('the service to be ready again', () => ask(url, '/-/ready'));
  });
});
