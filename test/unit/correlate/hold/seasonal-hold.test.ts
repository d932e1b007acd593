import { describe, expect, it } from 'vitest';
import { DEFAULT_SUPPRESSION } from '../../../../src/config/suppression-section.ts';
import type { SeasonalPolicy } from '../../../../src/correlate/policy.ts';
import { DAY, HOUR, MINUTE } from '../../../../src/model/time.ts';
import { at } from '../scenario.ts';
import { Stage } from './stage.ts';

const WARNING = { labels: { severity: 'warning' } };
const given = (seasonal: Partial<SeasonalPolicy> = {}) => ({
  suppression: {
    ...DEFAULT_SUPPRESSION,
    transient: { ...DEFAULT_SUPPRESSION.transient, mode: 'off' as const },
    seasonal: { ...DEFAULT_SUPPRESSION.seasonal, ...seasonal },
  },
});
/** Fires at two o'clock for an hour on so many days, but for those that are left out. */
const nightly = (days: number, { policy = given(), leftOut = [] as readonly number[], every = DAY, said = WARNING } = {}) => {
  const stage = new Stage(policy);
  for (let day = 0; day < days; day++) if (!leftOut.includes(day)) stage.learn('a', HOUR, { from: at('02:00') + day * every, every, times: 1, said });
  return stage;
};
const NEXT = at('02:00') + 7 * DAY;
const OTHERWISE = { kind: 'otherwise', summary: 'without the hold it would have been told at 02:00' };

describe('an alert that fires every night', () => {
  it('is held for as long as it usually lasts, and goes to the digest', () => {
    const stage = nightly(7);
    stage.fires(NEXT, 'a', WARNING);
    const { hold } = stage.alert('a');
    expect(hold).toMatchObject({ reason: 'seasonal', digest: true, thin: false, alone: false });
    expect((hold?.until ?? 0) - NEXT).toBeGreaterThan(HOUR);
    expect((hold?.until ?? 0) - NEXT).toBeLessThan(1.6 * HOUR);
    expect(hold?.evidence).toMatchObject([{ kind: 'usual-hour', value: 7, threshold: 3, observations: 7 }, OTHERWISE]);
    stage.clears(NEXT + HOUR, 'a');
    stage.until(NEXT + 8 * HOUR);
    expect(stage.since(NEXT)).toEqual(['09:00:00 digest']);
    expect(stage.ledger()).toMatchObject({ seasonal: expect.any(Number) as number });
    expect(stage.told.at(-1)?.entries).toMatchObject([{ reason: 'seasonal' }]);
  });

  it('is told when it lasts longer', () => {
    const stage = nightly(7);
    stage.fires(NEXT, 'a', WARNING);
    const until = stage.alert('a').hold?.until ?? 0;
    stage.until(NEXT + 3 * HOUR);
    expect(stage.told.filter(({ at: when }) => when >= NEXT)).toMatchObject([{ kind: 'trigger', at: until }]);
  });

  it.each([
    ['at another hour', { at: 12 * HOUR }],
    ['two hours late', { at: 2 * HOUR }],
  ])('is told %s', (_case, { at: later }) => {
    const stage = nightly(7);
    stage.fires(NEXT + later, 'a', WARNING);
    expect(stage.alert('a').hold).toBe(null);
  });

  it('is held an hour late', () => {
    const stage = nightly(7);
    stage.fires(NEXT + HOUR, 'a', WARNING);
    expect(stage.alert('a').hold?.reason).toBe('seasonal');
  });

  it('is told before it did on three days', () => {
    const stage = nightly(2);
    stage.fires(at('+2d 02:00'), 'a', WARNING);
    expect(stage.alert('a').hold).toBe(null);
    const known = nightly(3);
    known.fires(at('+3d 02:00'), 'a', WARNING);
    expect(known.alert('a').hold?.reason).toBe('seasonal');
  });

  it('is told when it did not last night, or on fewer than three of four', () => {
    const yesterday = nightly(7, { leftOut: [6] });
    yesterday.fires(NEXT, 'a', WARNING);
    expect(yesterday.alert('a').hold).toBe(null);
    const half = nightly(7, { leftOut: [2, 4] });
    half.fires(NEXT, 'a', WARNING);
    expect(half.alert('a').hold).toBe(null);
  });

  it('is held on the same weekday, where it comes every week', () => {
    const stage = nightly(3, { every: 7 * DAY });
    stage.fires(at('02:00') + 21 * DAY, 'a', WARNING);
    expect(stage.alert('a').hold).toMatchObject({ reason: 'seasonal', evidence: [{ value: 3, observations: 3 }, OTHERWISE] });
    const missed = nightly(4, { every: 7 * DAY, leftOut: [2] });
    missed.fires(at('02:00') + 28 * DAY, 'a', WARNING);
    expect(missed.alert('a').hold).toBe(null);
  });

  it('is told when it is critical, when it lasts for too long, or when the mechanism is off', () => {
    const critical = nightly(7, { said: { labels: { severity: 'critical' } } });
    critical.fires(NEXT, 'a');
    expect(critical.alert('a').hold).toBe(null);
    for (const seasonal of [{ maxHold: HOUR }, { mode: 'off' }] satisfies Partial<SeasonalPolicy>[]) {
      const stage = nightly(7, { policy: given(seasonal) });
      stage.fires(NEXT, 'a', WARNING);
      expect(stage.alert('a').hold).toBe(null);
    }
  });

  it('is told when the mechanism only watches, which leaves a record', () => {
    const stage = nightly(7, { policy: given({ mode: 'observe' }) });
    stage.fires(NEXT, 'a', WARNING);
    stage.until(NEXT + MINUTE);
    expect(stage.since(NEXT)).toEqual(['02:00:10 trigger']);
    expect(stage.suppressions.at(-1)).toMatchObject({ reason: 'seasonal', outcome: 'observed', since: NEXT });
  });
});
