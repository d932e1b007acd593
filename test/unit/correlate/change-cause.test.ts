import { describe, expect, it } from 'vitest';
import { changeCause } from '../../../src/correlate/change-cause.ts';
import { CONSTANTS, type Constants } from '../../../src/correlate/constants.ts';
import type { Change } from '../../../src/model/change.ts';
import { HOUR, MINUTE } from '../../../src/model/time.ts';
import { at } from './scenario.ts';

/** Numbers that can be reckoned with by hand, whatever is in force: a tenth of all changes is guilty, and half of their trouble shows within 15 min. */
const BY_HAND: Constants = {
  ...CONSTANTS,
  cause: { ...CONSTANTS.cause, changeLag: 15 * MINUTE, changeReach: 24 * HOUR, changeSlack: 2 * MINUTE, guilty: 0.1 },
};

function change(id: string, time: string, given: Partial<Change> = {}): Change {
  return { id, entity: 'node/gpu-7', summary: 'driver 570', kind: 'deployment', at: at(time), link: null, ...given };
}

/** What explains trouble of node/gpu-7 that began on the second day at 10:00, and comes once a day anyway. */
function explains(changes: readonly Change[], rate = 1 / (24 * HOUR)) {
  return changeCause('node/gpu-7', { began: at('+1d 10:00'), rate }, changes, BY_HAND);
}

const named = (changes: readonly Change[]): string | undefined => explains(changes)?.change.id;

describe('the change that is likeliest to be behind trouble', () => {
  it('is the latest before it', () => {
    expect(named([change('c1', '+1d 09:40'), change('c2', '+1d 09:50'), change('c3', '+1d 09:45')])).toBe('c2');
  });

  it('is the first by its id of two at once', () => {
    expect(named([change('c2', '+1d 09:50'), change('c1', '+1d 09:50')])).toBe('c1');
    expect(named([change('c1', '+1d 09:50'), change('c2', '+1d 09:50')])).toBe('c1');
  });

  it('may have come a little after it, as clocks differ', () => {
    expect(named([change('c1', '+1d 10:02')])).toBe('c1');
    expect(named([change('c1', '+1d 10:02:01')])).toBeUndefined();
  });

  it('came in the day before it', () => {
    expect(named([change('c1', '10:00')])).toBe('c1');
    expect(named([change('c1', '09:59:59')])).toBeUndefined();
  });

  it('is one of the very entity', () => {
    expect(named([])).toBeUndefined();
    expect(named([change('c1', '+1d 09:50', { entity: 'node/gpu-70' })])).toBeUndefined();
    expect(named([change('c1', '+1d 09:50'), change('c2', '+1d 09:55', { entity: 'node/gpu-8' })])).toBe('c1');
  });
});

describe('what a change weighs', () => {
  it('is how much likelier it makes the time of the trouble than how often such trouble comes anyway does', () => {
    // At the usual lag the density is 1 / (4 · 15 min): a tenth of that against once in 24 h are odds of 2.4.
    expect(explains([change('c1', '+1d 09:45')])?.likelier).toBe(true);
    expect(explains([change('c1', '+1d 09:45')])?.weight).toBeCloseTo(Math.log(1 + 2.4));
    // At once it is 1 / 15 min.
    expect(explains([change('c1', '+1d 10:00')])?.weight).toBeCloseTo(Math.log(1 + 9.6));
  });

  it('is more for trouble that is rare, and hardly anything for what fires all the time', () => {
    const late = [change('c1', '+1d 09:15')];
    expect(explains(late, 1 / (48 * HOUR))?.likelier).toBe(true);
    expect(explains(late, 1 / (48 * HOUR))?.weight).toBeCloseTo(Math.log(1 + 1.2));
    expect(explains([change('c1', '+1d 10:00')], 1 / HOUR)?.likelier).toBe(false);
    expect(explains([change('c1', '+1d 10:00')], 1 / HOUR)?.weight).toBeCloseTo(Math.log(1 + 0.4));
  });

  it('falls with the time between', () => {
    // 45 min are three times the usual lag: 1 / (16 · 15 min), odds of 0.6.
    expect(explains([change('c1', '+1d 09:15')])?.likelier).toBe(false);
    expect(explains([change('c1', '+1d 09:15')])?.weight).toBeCloseTo(Math.log(1 + 0.6));
  });

  it('is shared by all changes of the entity, which may be one of many', () => {
    const second = change('c2', '+1d 08:00');
    const third = change('c3', '+1d 04:00');
    const two = explains([change('c1', '+1d 09:45'), second]);
    expect(two?.likelier).toBe(true);
    expect(two?.weight).toBeCloseTo(Math.log(1 + 1.2));
    const three = explains([change('c1', '+1d 09:45'), second, third]);
    expect(three?.likelier).toBe(false);
    expect(three?.weight).toBeCloseTo(Math.log(1 + 0.8));
  });

  it('is not shared by changes of others', () => {
    const others = ['node/gpu-8', 'model/ranker', 'service/search'].map((entity) => change(entity, '+1d 09:50', { entity }));
    expect(explains([change('c1', '+1d 09:45'), ...others])?.weight).toBe(explains([change('c1', '+1d 09:45')])?.weight);
  });

  it('is that of one at once when it came a little after', () => {
    expect(explains([change('c1', '+1d 10:01')])?.weight).toBe(explains([change('c1', '+1d 10:00')])?.weight);
  });
});

describe('the evidence of a change', () => {
  it('says how long before it was, of what kind, and of how many', () => {
    expect(explains([change('c1', '+1d 09:48', { kind: 'model-promotion' }), change('c2', '+1d 09:00')])?.evidence).toEqual({
      kind: 'change',
      summary: 'was changed 12 min before (model-promotion)',
      value: 720,
      observations: 2,
    });
  });
});
