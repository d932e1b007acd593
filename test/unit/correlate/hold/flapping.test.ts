import { describe, expect, it } from 'vitest';
import { DEFAULT_SUPPRESSION } from '../../../../src/config/suppression-section.ts';
import { NEW_SERIES } from '../../../../src/correlate/baseline/series.ts';
import { comesBack, usualFlap, usualPause } from '../../../../src/correlate/hold/flapping.ts';
import type { FlappingPolicy } from '../../../../src/correlate/policy.ts';
import { HOUR, MINUTE, type Milliseconds } from '../../../../src/model/time.ts';
import { at } from '../scenario.ts';
import { Stage } from './stage.ts';

const WARNING = { labels: { severity: 'warning' } };
const flapping = (given: Partial<FlappingPolicy>) => ({ suppression: { ...DEFAULT_SUPPRESSION, flapping: { ...DEFAULT_SUPPRESSION.flapping, ...given } } });
/** It goes on and off so many times: six minutes on, four off, from 10:00 on; another fires beside it all the time. */
const swings = (stage: Stage, times: number, from = '10:00') => {
  stage.fires(from, 'other', { labels: { severity: 'warning', alertname: 'DiskFull', node: 'a' } });
  stage.learn('a', 6 * MINUTE, { from, every: 10 * MINUTE, times, said: WARNING });
  return stage;
};

describe('an alert that goes on and off', () => {
  it('flaps once it changes as much as is configured', () => {
    expect(swings(new Stage(), 3).alert('a').flapping).toBe(null);
    expect(swings(new Stage(), 4).alert('a').flapping).toEqual({ since: at('10:30'), swings: 0 });
  });

  it('is then counted and not told', () => {
    const stage = swings(new Stage(), 4);
    const before = stage.ledger();
    stage.learn('a', 6 * MINUTE, { from: '10:40', every: 10 * MINUTE, times: 3, said: WARNING });
    expect(stage.alert('a').flapping).toEqual({ since: at('10:30'), swings: 3 });
    expect(stage.ledger()).toMatchObject({ flapping: 6, notified: before['notified'] });
    expect(stage.alert('a').membership?.occurrences).toBe(7);
    expect(stage.timeline.filter(({ kind }) => kind === 'flapping')).toHaveLength(1);
  });

  it('is one alert of one incident all the time, and sends nothing more but what is due anyway', () => {
    const stage = swings(new Stage(), 8);
    stage.until('12:00');
    expect(stage.state.incidents.size).toBe(1);
    expect(stage.since('10:00')).toEqual(['10:00:10 trigger', '10:10:10 update', '10:30:10 update']);
  });

  it('that stays on longer than its flaps do is told at once', () => {
    const stage = swings(new Stage(), 6);
    const swingsBefore = stage.alert('a').flapping?.swings;
    stage.fires('11:00', 'a', WARNING);
    const held = stage.alert('a').hold;
    expect(held).toMatchObject({ reason: 'flapping', alone: true });
    // All of its flaps lasted six minutes: 1.4 times as long and half a minute.
    expect(held?.until).toBe(at('11:00') + usualFlap(stage.state.learned.get('s a') as never, 'warning', at('11:00')));
    stage.until('11:15');
    expect(stage.alert('a').hold).toBe(null);
    expect(stage.since('11:00')).toEqual([expect.stringMatching(/ update$/)]);
    expect(stage.told.at(-1)?.at).toBe(held?.until);
    expect(stage.alert('a').flapping?.swings).toBe(swingsBefore);
    expect(stage.incidentOf('a').status).toBe('open');
  });

  it('that grows in severity is told at once', () => {
    const stage = swings(new Stage(), 6);
    stage.until('10:59');
    stage.fires('11:00', 'a', { labels: { severity: 'critical' } });
    stage.until('11:00:01');
    expect(stage.alert('a').hold).toBe(null);
    expect(stage.since('11:00')).toEqual(['11:00:00 update']);
  });

  it('that is joined by a critical alert is told at once', () => {
    const stage = swings(new Stage(), 6);
    stage.fires('11:00', 'a', WARNING);
    stage.fires('11:00', 'worse', { labels: { severity: 'critical', alertname: 'NodeDead', node: 'a' } });
    expect(stage.incidentOf('worse').id).toBe(stage.incidentOf('a').id);
    stage.until('11:00:01');
    expect(stage.since('11:00')).toEqual(['11:00:00 update']);
  });
});

describe('the incident of an alert that flaps', () => {
  const alone = () => {
    const stage = new Stage();
    stage.learn('a', 5.5 * MINUTE, { from: '10:00', every: 10 * MINUTE, times: 8 });
    return stage;
  };

  it('stays open between its swings, so that a critical one pages once', () => {
    const stage = alone();
    expect(stage.incidentOf('a')).toMatchObject({ status: 'open', firingCount: 0 });
    expect(stage.incidentOf('a').calmAt).toBeGreaterThan(at('11:20'));
    stage.fires('11:20', 'a');
    expect(stage.incidentOf('a')).toMatchObject({ status: 'open', calmAt: null });
    // Three changes there and back are as many as make it flap.
    expect(stage.since('10:00')).toEqual(['10:00:10 trigger', '10:05:30 resolve', '10:10:00 update', '10:15:30 resolve', '10:20:00 update']);
  });

  it('tells of a critical one that stays on for six minutes', () => {
    const stage = alone();
    stage.fires('11:20', 'a');
    stage.until('11:30');
    expect(stage.since('11:20')).toEqual(['11:26:00 update']);
  });

  it('ends with its last alert where others were in it, too', () => {
    const stage = new Stage();
    stage.learn('a', 5.5 * MINUTE, { from: '10:00', every: 10 * MINUTE, times: 2 });
    stage.fires('10:20', 'a');
    stage.fires('10:21', 'other', { labels: { alertname: 'DiskFull', node: 'a' } });
    stage.clears('10:22', 'other');
    stage.clears('10:25:30', 'a');
    expect(stage.incidentOf('a')).toMatchObject({ alertCount: 2, status: 'resolved', calmAt: null });
  });

  it('ends with a resolve once it is calm, and with a record of what was counted', () => {
    const stage = alone();
    const { calmAt } = stage.incidentOf('a');
    stage.until((calmAt ?? 0) + MINUTE);
    expect(stage.incidentOf('a')).toMatchObject({ status: 'resolved', resolution: 'alerts', resolvedAt: calmAt });
    expect(stage.told.at(-1)).toMatchObject({ kind: 'resolve', at: calmAt });
    expect(stage.alert('a').flapping).toBe(null);
    expect(stage.suppressions.filter(({ reason }) => reason === 'flapping')).toMatchObject([
      { fingerprint: 'a', outcome: 'untold', until: calmAt, evidence: [{ kind: 'swings', value: expect.any(Number) as number }] },
    ]);
    expect(stage.ledger()).not.toHaveProperty('pending');
  });

  it('is over at once where flapping is switched off, or not for its severity, however often it came back', () => {
    const settings: readonly Parameters<typeof flapping>[0][] = [{ mode: 'off' }, { mode: 'observe' }, { severities: new Set(['info']) }];
    for (const given of settings) {
      const stage = new Stage(flapping(given));
      stage.learn('a', 6 * MINUTE, { from: '10:00', every: 10 * MINUTE, times: 14 });
      expect(stage.incidentOf('a')).toMatchObject({ status: 'resolved', calmAt: null });
    }
  });

  it('is as open after a restart, and ends at the same time', () => {
    const [one, other] = [alone(), alone()];
    other.restart();
    for (const stage of [one, other]) stage.until('14:00');
    expect(other.told).toEqual(one.told);
  });
});

describe('the mechanism', () => {
  it('switched off tells each swing as lesser news', () => {
    const stage = swings(new Stage(flapping({ mode: 'off' })), 12);
    expect(stage.alert('a').flapping).toBe(null);
    expect(stage.ledger()).not.toHaveProperty('flapping');
  });

  it('that only watches holds nothing', () => {
    const stage = swings(new Stage(flapping({ mode: 'observe' })), 12);
    expect(stage.ledger()).not.toHaveProperty('flapping');
    expect(stage.suppressions.filter(({ outcome }) => outcome === 'observed').map(({ reason }) => reason)).toContain('flapping');
  });

  it('holds no severity that it is not for', () => {
    const stage = swings(new Stage(flapping({ severities: new Set(['info']) })), 12);
    expect(stage.ledger()).not.toHaveProperty('flapping');
  });
});

describe('how long flaps and pauses usually last', () => {
  const known = (lengths: readonly number[]) => ({ ...NEW_SERIES, ended: lengths, pauses: lengths, agedAt: at('10:00') });
  /** So many of a length that fills the bin up to it. */
  const all = (count: number, bin: number) => known([...new Array<number>(bin).fill(0), count]);
  const lasts = (series: Parameters<typeof usualFlap>[0]): readonly Milliseconds[] => [
    usualFlap(series, 'warning', at('10:00')),
    usualPause(series, at('10:00')),
  ];

  it('is assumed while fewer than three are known', () => {
    expect(lasts(undefined)).toEqual([10.5 * MINUTE, 15 * MINUTE]);
    expect(lasts(all(2, 6))).toEqual([10.5 * MINUTE, 15 * MINUTE]);
  });

  it('is never less than five minutes, nor more than ten and a half and 2 h', () => {
    expect(lasts(all(9, 0))).toEqual([5 * MINUTE, 5 * MINUTE]);
    expect(lasts(all(9, 31))).toEqual([10.5 * MINUTE, 2 * HOUR]);
  });

  it('is six minutes at most for a critical alert', () => {
    for (const series of [undefined, all(9, 31)]) expect(usualFlap(series, 'critical', at('10:00'))).toBe(6 * MINUTE);
  });

  it('comes back by habit where ten pauses say so', () => {
    expect(comesBack(all(9, 20), at('10:00'))).toBe(false);
    expect(comesBack(all(10, 20), at('10:00'))).toBe(true);
    expect(comesBack(all(10, 31), at('10:00'))).toBe(false);
    expect(comesBack(undefined, at('10:00'))).toBe(false);
  });
});
