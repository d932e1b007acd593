import { describe, expect, it } from 'vitest';
import { DEFAULT_SUPPRESSION } from '../../../../src/config/suppression-section.ts';
import type { SuppressionPolicy } from '../../../../src/correlate/policy.ts';
import { HOUR, MINUTE, SECOND } from '../../../../src/model/time.ts';
import { at, CONSOLE, edges } from '../scenario.ts';
import { Stage } from './stage.ts';

const suppression = (given: Partial<SuppressionPolicy>) => ({ suppression: { ...DEFAULT_SUPPRESSION, ...given } });
const WARNING = { labels: { severity: 'warning' } };
const transient = DEFAULT_SUPPRESSION.transient;

/** Has cleared by itself five times, 40 s after it fired each time, every three hours from midnight on. */
const known = (policy = {}, times = 5) => {
  const stage = new Stage(policy);
  stage.learn('a', 40 * SECOND, { from: '00:00', every: 3 * HOUR, times });
  return stage;
};

describe('a critical alert that cleared by itself five times', () => {
  it('is held back the sixth time, and nobody is told when it clears', () => {
    const stage = known();
    stage.fires('15:00', 'a');
    expect(stage.alert('a').hold).toMatchObject({ reason: 'transient', thin: true, digest: true, alone: false, until: stage.state.clock + MINUTE });
    expect(stage.incidentOf('a')).toMatchObject({ audibleAt: null, held: 1 });
    expect(stage.ledger()).toEqual({ received: 11, notified: 10, pending: 1 });
    stage.clears('15:00:40', 'a');
    expect(stage.since('15:00')).toEqual([]);
    expect(stage.ledger()).toEqual({ received: 12, notified: 10, transient: 2 });
  });

  it('leaves a record of it with evidence and an end', () => {
    const stage = known();
    stage.fires('15:00', 'a');
    stage.clears('15:00:40', 'a');
    const [record] = stage.suppressions.filter(({ reason }) => reason === 'transient').slice(-1);
    expect(record).toMatchObject({ fingerprint: 'a', startsAt: '2026-03-01T15:00:00Z', rule: null, outcome: 'untold', until: stage.state.clock });
    expect(record?.evidence).toEqual([
      {
        kind: 'clears-by-itself',
        summary: '100 % of its own episodes cleared within 1 min; it is told of if it lasts 1 min',
        value: 0.69,
        threshold: 0.4,
        observations: 5,
      },
      { kind: 'otherwise', summary: 'without the hold it would have been told at 15:00' },
    ]);
    expect(stage.timeline.map(({ kind }) => kind)).toContain('held');
  });

  it('is named in a digest an hour after it fired', () => {
    const stage = known();
    stage.fires('15:00', 'a');
    stage.clears('15:00:40', 'a');
    stage.until('16:00:40');
    expect(stage.since('15:00')).toEqual(['16:00:00 digest']);
    expect(stage.told.at(-1)?.entries).toMatchObject([
      { fingerprint: 'a', rule: 'NodeDown', entity: 'node/a', severity: 'critical', reason: 'transient', count: 1 },
    ]);
  });

  it('is told once it lasts longer than it may', () => {
    const stage = known();
    stage.fires('15:00', 'a');
    stage.until('15:00:59');
    expect(stage.since('15:00')).toEqual([]);
    stage.until('15:02');
    expect(stage.since('15:00')).toEqual(['15:01:00 trigger']);
    expect(stage.alert('a').hold).toBe(null);
    expect(stage.incidentOf('a').held).toBe(0);
    expect(stage.suppressions.at(-1)).toMatchObject({ reason: 'transient', outcome: 'released' });
    expect(stage.timeline.map(({ kind }) => kind)).toContain('released');
    expect(stage.ledger()).toMatchObject({ received: 11, notified: 11 });
  });

  it('is told when its incident is joined by what is told', () => {
    const stage = known();
    stage.fires('15:00', 'a');
    stage.fires('15:00:20', 'b', { labels: { node: 'a', alertname: 'DiskFailing' } });
    expect(stage.incidentOf('b').id).toBe(stage.incidentOf('a').id);
    expect(stage.alert('a').hold).toBe(null);
    stage.until('15:00:21');
    expect(stage.since('15:00')).toEqual(['15:00:20 trigger']);
  });

  it('is told at once when it joins an incident that was told of', () => {
    const stage = known();
    stage.fires('14:58', 'b', { labels: { node: 'a', alertname: 'DiskFailing' } });
    stage.fires('15:00', 'a');
    expect(stage.alert('a').hold).toBe(null);
  });

  it('is not held where nothing can carry a digest', () => {
    const PAGER = { ...CONSOLE, digests: false };
    const stage = known({ destinations: new Map([['slack', [PAGER]]]) });
    stage.fires('15:00', 'a');
    expect(stage.alert('a').hold).toBe(null);
  });

  it('is not held when it fires more often than it ever did', () => {
    const stage = known();
    stage.learn('a', 40 * SECOND, { from: '15:00', every: 10 * MINUTE, times: 1 });
    stage.fires('15:10', 'a');
    expect(stage.alert('a').hold).toBe(null);
  });

  it('is not held when critical is no severity of transient', () => {
    const stage = known(suppression({ transient: { ...transient, severities: new Set(['warning']) } }));
    stage.fires('15:00', 'a');
    expect(stage.alert('a').hold).toBe(null);
  });

  it('is not held by what others of its rule did, however often', () => {
    const stage = known();
    for (const other of ['b', 'c', 'd', 'e']) stage.learn(other, 40 * SECOND, { from: '15:00', every: 3 * HOUR, times: 9 });
    stage.fires('+2d 18:00', 'f');
    expect(stage.alert('f').hold).toBe(null);
  });
});

describe('a critical alert that cleared by itself four times', () => {
  it('is told', () => {
    const stage = known({}, 4);
    stage.fires('12:00', 'a');
    expect(stage.alert('a').hold).toBe(null);
    stage.until('12:01');
    expect(stage.since('12:00')).toEqual(['12:00:10 trigger']);
  });
});

describe('a critical alert of which ends are delivered late', () => {
  /** Episodes of 40 s whose ends are heard of up to so much later, as at a sender's flushes; so do those of another alert, which make it known. */
  const late = (delay: number) => {
    const stage = new Stage();
    for (let i = 0; i < 9; i++)
      for (const [j, name] of ['a', 'other'].entries()) {
        const start = at('00:00') + (3 * i + j) * HOUR;
        stage.fires(start, name);
        stage.clears(start + 40 * SECOND, name, (delay * (i + 1)) / 9);
      }
    stage.fires('+1d 03:00', 'a');
    return (stage.alert('a').hold?.until ?? stage.state.clock) - stage.state.clock;
  };

  it.each([
    [0, 60, 75],
    [2 * MINUTE, 160, 180],
    [5 * MINUTE, 325, 360],
  ])('by %i ms is held for that and a minute, at most', (delay, least, most) => {
    expect(late(delay) / SECOND).toBeGreaterThan(least);
    expect(late(delay) / SECOND).toBeLessThanOrEqual(most);
  });

  it('is not held when that would take longer than six minutes', () => {
    expect(late(8 * MINUTE)).toBe(0);
  });
});

describe('a warning', () => {
  it('is held on three episodes of its own, and a digest names it an hour after it fired', () => {
    const stage = new Stage();
    stage.learn('a', 2 * MINUTE, { from: '00:00', every: 3 * HOUR, times: 3, said: WARNING });
    stage.fires('09:00', 'a', WARNING);
    expect(stage.alert('a').hold).toMatchObject({ reason: 'transient', thin: true, digest: true });
    stage.clears('09:02', 'a');
    stage.until('10:02');
    expect(stage.since('09:00')).toEqual(['10:00:00 digest']);
  });

  it('is held on ten of its own without any digest', () => {
    const stage = new Stage();
    stage.learn('a', 2 * MINUTE, { from: '00:00', every: 3 * HOUR, times: 11, said: WARNING });
    stage.fires('+1d 09:00', 'a', WARNING);
    expect(stage.alert('a').hold).toMatchObject({ reason: 'transient', thin: false, digest: false });
    stage.clears('+1d 09:02', 'a');
    stage.until('+1d 16:00');
    expect(stage.since('+1d 09:00')).toEqual([]);
  });

  it('is held on what its rule did where three alerts of it are known', () => {
    const stage = new Stage();
    for (const other of ['b', 'c', 'd']) stage.learn(other, 2 * MINUTE, { from: '00:00', every: 3 * HOUR, times: 2, said: WARNING });
    stage.fires('06:00', 'new', WARNING);
    expect(stage.alert('new').hold).toMatchObject({ reason: 'transient', thin: true });
  });

  it('is told where its rule is known by two alerts only', () => {
    const stage = new Stage();
    for (const other of ['b', 'c']) stage.learn(other, 2 * MINUTE, { from: '00:00', every: 3 * HOUR, times: 4, said: WARNING });
    stage.fires('12:00', 'new', WARNING);
    expect(stage.alert('new').hold).toBe(null);
  });

  it('is told at once when its severity rises while it is held', () => {
    const stage = new Stage();
    stage.learn('a', 2 * MINUTE, { from: '00:00', every: 3 * HOUR, times: 3, said: WARNING });
    stage.fires('09:00', 'a', WARNING);
    expect(stage.alert('a').hold).not.toBe(null);
    stage.fires('09:00:30', 'a', { labels: { severity: 'critical' } });
    expect(stage.alert('a').hold).toBe(null);
    stage.until('09:00:41');
    expect(stage.since('09:00')).toEqual(['09:00:30 trigger']);
  });
});

describe('entities that begin together', () => {
  const SHARED = { dependencies: edges(['service/a', 'node/n'], ['service/b', 'node/n'], ['service/c', 'node/n']) };
  const labels = (service: string) => ({ labels: { severity: 'warning', service, node: '' } });
  /** Each has cleared by itself four times, far from the others. */
  const apart = () => {
    const stage = new Stage(SHARED);
    for (const [i, name] of ['a', 'b', 'c'].entries()) stage.learn(name, 2 * MINUTE, { from: `0${i}:00`, every: 4 * HOUR, times: 4, said: labels(name) });
    return stage;
  };

  it('are held while they are two', () => {
    const stage = apart();
    stage.fires('20:00', 'a', labels('a'));
    stage.fires('20:00:20', 'b', labels('b'));
    expect([stage.alert('a').hold?.reason, stage.alert('b').hold?.reason]).toEqual(['transient', 'transient']);
    expect(stage.incidentOf('a').id).toBe(stage.incidentOf('b').id);
  });

  it('are told once they are three, all of them', () => {
    const stage = apart();
    for (const [i, name] of ['a', 'b', 'c'].entries()) stage.fires(at('20:00') + i * 10 * SECOND, name, labels(name));
    expect(['a', 'b', 'c'].map((name) => stage.alert(name).hold)).toEqual([null, null, null]);
    stage.until('20:01');
    expect(stage.since('20:00')).toEqual(['20:00:20 trigger']);
  });
});

describe('with no history', () => {
  it('everything is told', () => {
    const stage = new Stage();
    for (const [i, severity] of ['critical', 'warning', 'info'].entries()) stage.fires(`10:0${i}`, severity, { labels: { severity } });
    stage.until('10:10');
    expect(stage.since('10:00')).toEqual(['10:00:10 trigger', '10:01:10 trigger', '10:02:10 trigger']);
    expect(stage.suppressions).toEqual([]);
  });
});

describe('the mechanism', () => {
  it('switched off holds nothing', () => {
    const stage = known(suppression({ transient: { ...transient, mode: 'off' } }));
    stage.fires('15:00', 'a');
    stage.until('15:00:30');
    expect(stage.since('15:00')).toEqual(['15:00:10 trigger']);
    expect(stage.suppressions).toEqual([]);
  });

  it('that only watches tells, and records what it would have held, with its evidence and until when', () => {
    const stage = known(suppression({ transient: { ...transient, mode: 'observe' } }));
    stage.fires('15:00', 'a');
    stage.until('15:00:30');
    expect(stage.since('15:00')).toEqual(['15:00:10 trigger']);
    expect(stage.suppressions).toMatchObject([{ reason: 'transient', outcome: 'observed', evidence: [{ kind: 'clears-by-itself' }] }]);
    expect((stage.suppressions[0]?.until ?? 0) - (stage.suppressions[0]?.since ?? 0)).toBe(MINUTE);
    expect(stage.timeline.map(({ kind }) => kind)).toContain('observed');
  });
});
