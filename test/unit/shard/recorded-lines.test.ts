import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readRecordedEvent } from '../../../src/cli/replay/recorded-event.ts';
import { defaultConfig } from '../../../src/config/load-config.ts';
import type { Deed, EngineEvent, WebhookEvent } from '../../../src/correlate/event.ts';
import { EngineState } from '../../../src/correlate/state.ts';
import { readWebhook } from '../../../src/receivers/webhook-body.ts';
import { recordedLines } from '../../../src/shard/recorded-lines.ts';
import { TimerQueue } from '../../../src/shard/timer-queue.ts';
import { Turn } from '../../../src/shard/turn.ts';
import { action, at, firing, webhookAt } from '../correlate/scenario.ts';

const FIXTURES = 'test/fixtures/alertmanager';

function read(body: unknown, source: 'alertmanager' | 'grafana' = 'alertmanager'): WebhookEvent {
  const event = readWebhook(body, { source, receivedAt: at('10:00') });
  if (event.kind !== 'webhook') throw new Error(event.detail);
  return event;
}

/** What a replay makes of what is recorded of an event. */
function again(event: EngineEvent, state = new EngineState()): EngineEvent {
  const [line = ''] = recordedLines([event], state);
  const read = readRecordedEvent(line);
  if (read.kind === 'unreadable') throw new Error(read.message);
  return read;
}

describe('a recorded webhook', () => {
  it.each(readdirSync(FIXTURES))('is read as it was decided: %s', (file) => {
    const event = read(JSON.parse(readFileSync(`${FIXTURES}/${file}`, 'utf8')));
    expect(again(event)).toEqual(event);
  });

  it("is Grafana's when it came from there, with its links", () => {
    const event = read(
      { version: '1', orgId: 1, alerts: [{ status: 'resolved', labels: { alertname: 'A' }, endsAt: '2026-03-01T09:59:00Z', panelURL: 'http://g.example/p' }] },
      'grafana',
    );
    expect(again(event)).toEqual(event);
    expect(event.source).toBe('grafana');
  });

  it('keeps hostile labels and starts to the nanosecond', () => {
    const event = read(JSON.parse('{"alerts":[{"labels":{"__proto__":"x","a":"é\\n"},"startsAt":"2026-03-01T09:58:00.123456789Z"}]}'));
    expect(again(event)).toEqual(event);
  });

  it('has as many malformed alerts, cut ones too', () => {
    const event = read({ alerts: [7, { labels: [] }, { labels: { alertname: 'A' }, startsAt: 'x', annotations: { long: 'y'.repeat(20_000) } }] });
    const recorded = again(event) as WebhookEvent;
    expect(event.malformed).toHaveLength(3);
    expect(recorded.malformed).toHaveLength(3);
    expect(recorded.alerts).toHaveLength(0);
  });
});

describe('the lines of a batch', () => {
  it('have the times at which they are decided, which never go back', () => {
    const state = new EngineState();
    state.clock = at('10:05');
    const lines = recordedLines([webhookAt('10:04', firing('a')), webhookAt('10:07', firing('b')), webhookAt('10:06', firing('c'))], state);
    expect(lines.map((line) => JSON.parse(line).receivedAt)).toEqual(['2026-03-01T10:05:00Z', '2026-03-01T10:07:00Z', '2026-03-01T10:07:00Z']);
  });

  it('leave out how messages ended', () => {
    const report: EngineEvent = {
      kind: 'delivery',
      receivedAt: at('10:00'),
      deliveryId: 'x',
      seq: 1,
      outcome: 'sent',
      version: 1,
      status: 'open',
      reference: {},
      error: null,
    };
    expect(recordedLines([report], new EngineState())).toEqual([]);
  });

  it('name the alerts of an action’s incident, for a replay that gives it another id', () => {
    const state = new EngineState();
    const turn = new Turn({ state, timers: new TimerQueue(), policy: defaultConfig().policy });
    turn.event(webhookAt('10:00', firing('a')));
    state.apply(turn.decision().changes);
    const [incident] = state.incidents.keys();
    const event = action('acknowledge', 'zz', { receivedAt: at('10:01'), incidentId: incident ?? '', fingerprints: [] });
    expect(again(event, state)).toEqual({ ...event, fingerprints: ['a'] });
  });

  it.each<[string, Deed]>([
    ['a snooze', { action: 'snooze', until: at('14:00') }],
    ['a merge', { action: 'merge', into: '01KJMSEG0058H9CPQHM6CY8Q3T' }],
    ['feedback', { action: 'feedback', entity: 'node/gpu-7', correct: false }],
    ['a resolution', { action: 'resolve' }],
  ])('hold all of %s, with the key under which it is done once', (_what, deed) => {
    const event = action(deed, 'a', { receivedAt: at('10:01'), incidentId: 'unknown', comment: 'so it is', key: 'k-1' });
    expect(again(event)).toEqual(event);
  });

  it('name of a split what is split off and no other alert of the incident', () => {
    const state = new EngineState();
    const turn = new Turn({ state, timers: new TimerQueue(), policy: defaultConfig().policy });
    turn.event(webhookAt('10:00', firing('a', { labels: { node: 'n' } }), firing('b', { labels: { node: 'n', alertname: 'NodeSlow' } })));
    state.apply(turn.decision().changes);
    const [incident = ''] = state.incidents.keys();
    expect([...state.alertsIn(incident)]).toHaveLength(2);
    const event = action({ action: 'split' }, 'b', { receivedAt: at('10:01'), incidentId: incident });
    expect(again(event, state)).toEqual(event);
  });

  it('hold reloads, and what an upstream has no longer or still has, but not what is only muted there', () => {
    const reload: EngineEvent = { kind: 'config', receivedAt: at('10:00'), by: 'SIGHUP', before: 'a1', after: 'b2' };
    const upstream: EngineEvent = { kind: 'upstream', receivedAt: at('10:00'), gone: ['a'], heard: ['b'], silenced: [], inhibited: [] };
    expect(again(reload)).toEqual(reload);
    expect(again(upstream)).toEqual(upstream);
    expect(recordedLines([{ ...upstream, gone: [], heard: [], silenced: ['c'] }], new EngineState())).toEqual([]);
  });

  it('hold changes and topologies as they were', () => {
    const change: EngineEvent = {
      kind: 'change',
      receivedAt: at('10:00'),
      change: { id: 'c1', entity: 'node/a', summary: 's', kind: 'deployment', at: at('09:59'), link: null },
    };
    const topology: EngineEvent = { kind: 'topology', receivedAt: at('10:00'), edges: [{ from: 'a/b', to: 'c/d', origin: 'put' }] };
    expect(again(change)).toEqual(change);
    expect(again(topology)).toEqual(topology);
  });
});
