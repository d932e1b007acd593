import { describe, expect, it } from 'vitest';
import { ASSOCIATION } from '../../../src/correlate/association-constants.ts';
import { withMeeting } from '../../../src/correlate/co-occurrence.ts';
import { lagsOf, usualLag } from '../../../src/correlate/lag-distribution.ts';
import { DAY, HOUR, type Instant, MINUTE, SECOND } from '../../../src/model/time.ts';
import { History } from './onset-history.ts';
import { at } from './scenario.ts';

describe('the lags of a pair', () => {
  it('have the median and the spread of a log-normal distribution', () => {
    // 1, 10 and 100 minutes: a median of 10, and a factor of exp(√(2/3) · ln 10) about it.
    const c = { ...ASSOCIATION, halves: 1e9 * DAY };
    const first = withMeeting(undefined, 1, MINUTE, at('10:00'), c);
    const pair = withMeeting(withMeeting(first, 1, 10 * MINUTE, at('11:00'), c), 1, 100 * MINUTE, at('12:00'), c);
    const { median, spread } = lagsOf(pair);
    expect(median / MINUTE).toBeCloseTo(10, 2);
    expect(spread).toBeCloseTo(6.55, 1);
  });

  it('have no spread when they are all alike', () => {
    const pair = withMeeting(withMeeting(undefined, 1, MINUTE, at('10:00'), ASSOCIATION), 1, MINUTE, at('+1d 12:00'), ASSOCIATION);
    expect(lagsOf(pair).median / SECOND).toBeCloseTo(60, 1);
    expect(lagsOf(pair).spread).toBeCloseTo(1, 1);
  });
});

describe('the usual lag of two rules', () => {
  /** Meets every 29 hours, 90 s apart. */
  const met = (times: number): { readonly history: History; readonly last: Instant } => {
    const history = new History();
    let last = 0;
    for (let i = 0; i < times; i++) {
      last = at('00:00') + i * 29 * HOUR + 90 * SECOND;
      history.note(`node/${i}`, last - 90 * SECOND, { rule: 'disk' });
      history.note(`model/${i}`, last, { rule: 'errors' });
    }
    return { history, last };
  };

  it('is learned from five meetings (faded), on whichever entities', () => {
    const few = met(5);
    expect(usualLag(few.history, 'disk', 'errors', few.last, ASSOCIATION)).toBeNull();
    const { history, last } = met(6);
    expect((usualLag(history, 'disk', 'errors', last, ASSOCIATION) ?? 0) / SECOND).toBeCloseTo(90, 0);
    expect(usualLag(history, 'errors', 'disk', last, ASSOCIATION)).toBeNull();
    expect(usualLag(history, 'disk', 'latency', last, ASSOCIATION)).toBeNull();
  });

  it('is forgotten', () => {
    const { history, last } = met(6);
    expect(usualLag(history, 'disk', 'errors', last + 14 * DAY, ASSOCIATION)).toBeNull();
  });

  it('is not learned from two that meet because both come all day long', () => {
    const history = new History();
    for (let i = 0; i < 24 * 5; i++) {
      history.note('node/a', at('00:00') + i * 65 * MINUTE, { rule: 'disk' });
      history.note('model/b', at('00:20') + i * 65 * MINUTE, { rule: 'errors' });
    }
    expect(history.rules('disk', 'errors')?.support).toBeGreaterThan(90);
    expect(usualLag(history, 'disk', 'errors', at('+5d 00:00'), ASSOCIATION)).toBeNull();
  });
});
