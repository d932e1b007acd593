import { describe, expect, it } from 'vitest';
import { DEFAULT_SUPPRESSION } from '../../../src/config/suppression-section.ts';
import { missedAt } from '../../../src/correlate/heartbeat.ts';
import type { HeartbeatRule } from '../../../src/correlate/policy.ts';
import { HOUR, type Instant, MINUTE, type Milliseconds } from '../../../src/model/time.ts';
import { Stage } from './hold/stage.ts';
import { at, firing, resolved, webhook } from './scenario.ts';

const rule = (within: Milliseconds | null): HeartbeatRule => ({
  matches: (of) => of.get('alertname') === 'Watchdog',
  source: 'alertname="Watchdog"',
  within,
});
const stageWith = (within: Milliseconds | null = null) => new Stage({ suppression: { ...DEFAULT_SUPPRESSION, heartbeats: [rule(within)] } });
const WATCHDOG = { labels: { alertname: 'Watchdog', severity: 'info', node: 'prometheus-0' } };
/** It is said to fire since 10:00 at some times. */
const beats = (stage: Stage, ...times: readonly (Instant | string)[]) => {
  for (const time of times) stage.at(time, webhook(firing('w', WATCHDOG)));
};

describe('when a beat is missing', () => {
  const beating = { absent: false, routes: [] };

  it.each([
    ['three times the longest pause', null, 5 * MINUTE, 15 * MINUTE],
    ['ten minutes at least', null, MINUTE, 10 * MINUTE],
    ['what the configuration says', 2 * MINUTE, 5 * MINUTE, 2 * MINUTE],
  ])('is told by %s', (_case, within, longest, after) => {
    expect(missedAt({ ...beating, within, longest }, at('10:00'))).toBe(at('10:00') + after);
  });
});

describe('a heartbeat', () => {
  it('is never told of', () => {
    const stage = stageWith();
    beats(stage, '10:00', '10:05', '10:10', '10:15');
    stage.until('10:20');
    expect(stage.since('10:00')).toEqual([]);
    expect(stage.state.incidents.size).toBe(0);
    expect(stage.suppressions).toMatchObject([{ fingerprint: 'w', reason: 'heartbeat', outcome: 'untold' }]);
    expect(stage.ledger()).toEqual({ received: 4, heartbeat: 1, duplicate: 3 });
  });

  it('is not judged before its second beat', () => {
    const stage = stageWith(2 * MINUTE);
    beats(stage, '10:00');
    stage.until('18:00');
    expect(stage.since('10:00')).toEqual([]);
  });

  it('that is missing is told, once, as critical where it says info', () => {
    const stage = stageWith();
    beats(stage, '10:00', '10:05');
    stage.until('10:19');
    expect(stage.since('10:00')).toEqual([]);
    stage.until('11:00');
    expect(stage.since('10:00')).toEqual(['10:20:10 trigger']);
    expect(stage.incidentOf('w')).toMatchObject({ severity: 'critical', status: 'open', title: 'Watchdog missing on node/prometheus-0' });
    expect(stage.timeline[0]?.evidence).toContainEqual({ kind: 'heartbeat', summary: 'was last heard of 15 min ago, where 15 min are allowed' });
  });

  it('that is back ends it, with a message', () => {
    const stage = stageWith();
    beats(stage, '10:00', '10:05', '10:40');
    stage.until('10:41');
    expect(stage.since('10:00')).toEqual(['10:20:10 trigger', '10:40:00 resolve']);
    expect([...stage.state.incidents.values()].map(({ status }) => status)).toEqual(['resolved']);
    expect(stage.alert('w')).toMatchObject({ status: 'firing', membership: null, heartbeat: { absent: false, longest: 5 * MINUTE } });
  });

  it('that is missing again is told again, under the same name', () => {
    const stage = stageWith();
    beats(stage, '10:00', '10:05', '10:40', '10:45', '15:00', '15:05');
    stage.until('16:00');
    expect(stage.since('10:00').filter((told) => told.endsWith('trigger'))).toEqual(['10:20:10 trigger', '11:00:10 trigger', '15:20:10 trigger']);
    expect([...stage.state.incidents.values()].at(-1)?.title).toBe('Watchdog missing on node/prometheus-0');
  });

  it('that begins anew, as after a restart of Prometheus, goes on', () => {
    const stage = stageWith();
    beats(stage, '10:00', '10:05');
    stage.at('10:08', webhook(firing('w', { ...WATCHDOG, startsAt: '10:08' })));
    stage.at('10:13', webhook(firing('w', { ...WATCHDOG, startsAt: '10:08' })));
    stage.until('11:00');
    expect(stage.since('10:00')).toEqual(['10:28:10 trigger']);
  });

  it('that was missing and begins anew ends what was told', () => {
    const stage = stageWith();
    beats(stage, '10:00', '10:05');
    stage.until('10:30');
    stage.at('10:40', webhook(firing('w', { ...WATCHDOG, startsAt: '10:39' })));
    stage.until('10:41');
    expect(stage.since('10:00')).toEqual(['10:20:10 trigger', '10:40:00 resolve']);
    expect([...stage.state.incidents.values()]).toMatchObject([{ status: 'resolved', firingCount: 0 }]);
  });

  it('that is said to have ended is missing when its time is over', () => {
    const stage = stageWith();
    beats(stage, '10:00', '10:05');
    stage.at('10:07', webhook({ ...resolved('w', { endsAt: '10:06' }), labels: firing('w', WATCHDOG).labels }));
    stage.until('11:00');
    expect(stage.since('10:00').map((told) => told.slice(9))).toEqual(['trigger']);
  });

  it('that is missing is so until it is back, and not over because nothing is heard of it', () => {
    const stage = stageWith();
    beats(stage, '10:00', '10:05');
    stage.until('+1d 10:00');
    expect(stage.incidentOf('w').status).toBe('open');
  });

  it.each([
    ['beat once', ['10:00']],
    ['beats', ['10:00', '10:05']],
  ])('that %s is decided alike after a restart', (_case, times) => {
    const [one, other] = [stageWith(12 * HOUR), stageWith(12 * HOUR)];
    for (const stage of [one, other]) beats(stage, ...times);
    other.restart();
    for (const stage of [one, other]) {
      stage.until('20:00');
      beats(stage, '20:00', '20:05');
      stage.until('20:10');
    }
    expect(other.told).toEqual(one.told);
    expect(other.alert('w')).toEqual(one.alert('w'));
  });
});
