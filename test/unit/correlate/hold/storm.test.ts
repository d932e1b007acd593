import { describe, expect, it } from 'vitest';
import { DEFAULT_SUPPRESSION } from '../../../../src/config/suppression-section.ts';
import { NO_STORM, stormAt, stormEvidence, withStormOnset } from '../../../../src/correlate/hold/storm.ts';
import type { StormPolicy } from '../../../../src/correlate/policy.ts';
import type { StormRecord } from '../../../../src/model/learned.ts';
import { DAY, HOUR, type Instant, MINUTE, SECOND } from '../../../../src/model/time.ts';
import { at } from '../scenario.ts';
import { Stage } from './stage.ts';

const STORM: StormPolicy = { ...DEFAULT_SUPPRESSION.storm, onsets: 4 };
/** 2026-03-01 is a Sunday. */
const hourOfWeek = (now: Instant) => Math.floor((now - at('00:00')) / HOUR) % 168;
const onset = (record: StormRecord, now: Instant, policy = STORM) => withStormOnset(record, hourOfWeek(now), now, policy);
/** The record after so many onsets, evenly from a time on. */
const onsets = (count: number, from: Instant, every: number, before: StormRecord = NO_STORM, policy = STORM) =>
  Array.from({ length: count }).reduce<StormRecord>((record, _, i) => onset(record, from + i * every, policy), before);

describe('a storm', () => {
  it('is more than the configured number within five minutes', () => {
    expect(stormAt(onsets(4, at('10:00'), MINUTE), at('10:03'))).toBe(false);
    expect(stormAt(onsets(5, at('10:00'), MINUTE), at('10:04'))).toBe(true);
    expect(stormAt(onsets(9, at('10:00'), 75 * SECOND), at('10:10'))).toBe(false);
    expect(stormAt(undefined, at('10:00'))).toBe(false);
  });

  it('says what it is held against', () => {
    const record = onsets(6, at('10:00'), 10 * SECOND);
    expect(stormEvidence(record, hourOfWeek(at('10:00')), STORM)).toEqual({
      kind: 'storm',
      summary: '6 alerts began within 5 min, where the configuration allows 4',
      value: 6,
      threshold: 4,
    });
  });

  it('goes on while more than half of that begins, and for ten minutes after', () => {
    const begun = onsets(5, at('10:00'), MINUTE);
    const going = onsets(20, at('10:05'), 90 * SECOND, begun);
    expect(stormAt(going, at('10:33:30') + 10 * MINUTE)).toBe(true);
    expect(stormAt(going, at('10:33:30') + 10 * MINUTE + 1)).toBe(false);
    expect(going.since).toBe(at('10:04'));
  });

  it('ends though less goes on beginning', () => {
    const begun = onsets(5, at('10:00'), MINUTE);
    const few = onsets(8, at('10:10'), 3 * MINUTE, begun);
    expect(stormAt(few, at('10:31'))).toBe(false);
    expect(few.since).toBe(null);
  });

  it('can begin again', () => {
    const over = onsets(8, at('10:10'), 3 * MINUTE, onsets(5, at('10:00'), MINUTE));
    expect(stormAt(onsets(6, at('12:00'), MINUTE, over), at('12:05'))).toBe(true);
  });
});

describe('what an hour of the week bears', () => {
  /** Fourteen weeks in which ten begin together every Sunday at ten, and one an hour else. */
  const used = () => {
    let record = NO_STORM;
    for (let hour = 0; hour < 14 * 168; hour++) {
      const from = at('00:00') + hour * HOUR;
      record = onsets(hour % 168 === 10 ? 30 : 1, from, 2 * MINUTE - 1, record, { ...STORM, onsets: 1000 });
    }
    return record;
  };
  const record = used();

  it('is learned, and never less than configured', () => {
    const sunday = at('10:00') + 14 * 7 * DAY;
    // Three in five minutes on average: seventeen come with a probability of one in a million.
    const usual = onsets(9, sunday, 10 * SECOND, record);
    expect(stormAt(usual, sunday + 90 * SECOND)).toBe(false);
    const monday = sunday + DAY;
    expect(stormAt(onsets(9, monday, 10 * SECOND, record), monday + 90 * SECOND)).toBe(true);
  });

  it('is said as such', () => {
    const sunday = at('10:00') + 14 * 7 * DAY;
    const { summary, threshold, observations } = stormEvidence(onsets(9, sunday, 10 * SECOND, record), 10, STORM);
    expect(summary).toBe(`9 alerts began within 5 min, where this hour of the week bears ${threshold}`);
    expect(threshold).toBeGreaterThan(9);
    expect(threshold).toBeLessThan(20);
    expect(observations).toBe(3);
  });

  it('stays bounded: five counts, and an hour of the week each', () => {
    expect(record.counts).toHaveLength(5);
    expect(record.hours.length).toBeLessThanOrEqual(168);
    expect(record.seen.length).toBe(168);
  });
});

describe('alerts in a storm', () => {
  const suppression = (given: Partial<StormPolicy> = {}) => ({ suppression: { ...DEFAULT_SUPPRESSION, storm: { ...STORM, ...given } } });
  /** So many warnings that have nothing to do with each other, ten seconds apart, from 10:00 on. */
  const many = (count: number, stage: Stage) => {
    for (let i = 0; i < count; i++)
      stage.fires(at('10:00') + i * 10 * SECOND, `w${i}`, { labels: { severity: 'warning', alertname: `Rule${i}`, node: `n${i}` } });
    return stage;
  };

  it('are gathered into one message, which is kept up to date', () => {
    const stage = many(12, new Stage(suppression()));
    expect(stage.alert('w3').hold).toBe(null);
    expect(stage.alert('w4').hold).toMatchObject({ reason: 'storm', digest: false, alone: false, until: at('10:00:40') + 30 * MINUTE });
    stage.until('10:05');
    const storm = stage.told.filter(({ kind }) => kind === 'digest');
    const first = ['w4', 'w5', 'w6', 'w7', 'w8', 'w9'];
    expect(storm.map(({ at: when, entries }) => [when, entries.map(({ fingerprint }) => fingerprint)])).toEqual([
      [at('10:01:40'), first],
      [at('10:02:40'), [...first, 'w10', 'w11']],
    ]);
    expect(stage.told.filter(({ kind }) => kind === 'trigger')).toHaveLength(4);
  });

  it('are told one by one when they are critical', () => {
    const stage = many(12, new Stage(suppression()));
    stage.fires('10:02', 'c', { labels: { node: 'far' } });
    stage.until('10:02:11');
    expect(stage.alert('c').hold).toBe(null);
    expect(stage.since('10:02:10')).toEqual(['10:02:10 trigger']);
  });

  it('are accounted for when they end', () => {
    const stage = many(6, new Stage(suppression()));
    stage.clears('10:10', 'w5');
    expect(stage.ledger()).toMatchObject({ storm: 2 });
    expect(stage.suppressions).toMatchObject([{ fingerprint: 'w5', reason: 'storm', outcome: 'untold', evidence: [{ kind: 'storm' }, { kind: 'otherwise' }] }]);
  });

  it('are told when they last longer than the storm does', () => {
    const stage = many(6, new Stage(suppression()));
    stage.until('10:31');
    expect(stage.alert('w5').hold).toBe(null);
    expect(stage.since('10:30').filter((told) => told.endsWith('trigger'))).toEqual(['10:30:40 trigger', '10:30:50 trigger']);
  });

  it('are told as ever where storms are switched off, or only watched', () => {
    for (const mode of ['off', 'observe'] as const) {
      const stage = many(6, new Stage(suppression({ mode })));
      stage.until('10:02');
      expect(stage.told.filter(({ kind }) => kind === 'trigger')).toHaveLength(6);
      expect(stage.suppressions.map(({ outcome }) => outcome)).toEqual(mode === 'observe' ? ['observed', 'observed'] : []);
    }
  });
});
