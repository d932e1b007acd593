import { describe, expect, it } from 'vitest';
import { Draft } from '../../../src/correlate/draft.ts';
import type { Firing } from '../../../src/correlate/firing.ts';
import { observeEnd, observeOnset } from '../../../src/correlate/observe.ts';
import { EngineState } from '../../../src/correlate/state.ts';
import type { AlertState } from '../../../src/model/alert.ts';
import { type Baseline, learnedKey } from '../../../src/model/learned.ts';
import { DAY, HOUR, MINUTE, timestampOf } from '../../../src/model/time.ts';
import { alertState } from './alert-state.ts';
import { at, policy, stamp } from './scenario.ts';

function classified(given: Partial<Firing> = {}): Firing {
  return {
    fingerprint: 'a',
    startsAt: stamp('10:00'),
    rule: 'DiskFull',
    entity: 'node/gpu-7',
    domain: 'infra',
    severity: 'warning',
    source: 'alertmanager',
    compared: ['site=d26'],
    edges: [],
    routes: [],
    rules: [],
    marks: [],
    evidence: [],
    ...given,
  };
}

const empty = () => new Draft(new EngineState());
const observe = (draft: Draft, given: Partial<Firing> = {}, time = '10:00', known?: AlertState) =>
  observeOnset(draft, classified(given), known, at(time), policy()).arrival;
/** Has an alert of the rule DiskFull end by itself at 10:00 after some minutes. */
const end = (draft: Draft, minutes: number) => {
  const startsAt = timestampOf(at('10:00') - minutes * MINUTE);
  observeEnd(draft, alertState({ rule: 'DiskFull', startsAt, changedAt: startsAt.ms }), { at: at('10:00'), recovered: true }, at('10:00'));
};

describe('an alert that fires for the first time', () => {
  it('is an arrival of which nothing is known', () => {
    const draft = empty();
    expect(observe(draft)).toEqual({
      entity: 'node/gpu-7',
      rule: 'DiskFull',
      domain: 'infra',
      slow: false,
      at: at('10:00'),
      resolution: 0,
      rate: 0.5 / (3 * DAY),
      labels: [{ id: expect.any(Number) as number, pair: 'site=d26', share: 1 }],
      endedAt: null,
      lasted: 0,
    });
  });

  it('begins when it says, but not after it was received', () => {
    expect(observe(empty(), { startsAt: stamp('09:58') }, '10:00').at).toBe(at('09:58'));
    expect(observe(empty(), { startsAt: stamp('10:03') }, '10:00').at).toBe(at('10:00'));
  });

  it.each([
    ['PredictionDrift', 'model', true],
    ['ModelDown', 'model', false],
    ['RevenueLow', 'business', true],
    ['DiskFull', 'infra', false],
  ] as const)('is %s in the domain %s slow: %s', (rule, domain, slow) => {
    expect(observe(empty(), { rule, domain }).slow).toBe(slow);
  });

  it('starts the clock of what is learned, and only the first of all does', () => {
    const draft = empty();
    observe(draft, {}, '10:00');
    observe(draft, { fingerprint: 'b' }, '11:00');
    expect(draft.learned.counts).toMatchObject({ since: at('10:00'), series: 2 });
    expect(draft.timers).toEqual([{ due: at('+1d 10:00'), kind: 'tidy', id: '' }]);
  });
});

describe('an alert that fires again', () => {
  it('is held against how often it came before, this time not counted', () => {
    const draft = empty();
    observe(draft, {}, '10:00');
    expect(observe(draft, {}, '10:00').rate * DAY).toBeCloseTo(1.5 / 3, 12);
    expect(observe(draft, {}, '10:00').rate * DAY).toBeCloseTo(2.5 / 3, 12);
    expect(draft.learned.get<Baseline>(learnedKey.series('a'))?.onsets).toBe(3);
  });

  it('is not held against how often others of its rule came', () => {
    const draft = empty();
    observe(draft, { fingerprint: 'b' });
    expect(observe(draft).rate * DAY).toBeCloseTo(0.5 / 3, 12);
  });

  it('counts its labels once', () => {
    const draft = empty();
    observe(draft, { fingerprint: 'b', compared: [] });
    observe(draft);
    expect(observe(draft).labels).toMatchObject([{ pair: 'site=d26', share: 1 / 2 }]);
  });

  it('tells when it ended and how long it fired', () => {
    const known = alertState({ status: 'resolved', startsAt: stamp('09:00'), endsAt: stamp('09:30') });
    expect(observe(empty(), {}, '10:00', known)).toMatchObject({ endedAt: at('09:30'), lasted: 30 * MINUTE });
  });

  it('tells neither while it fires', () => {
    expect(observe(empty(), {}, '10:00', alertState())).toMatchObject({ endedAt: null, lasted: 0 });
  });

  it('never fired for less than no time, whatever clocks say', () => {
    const known = alertState({ status: 'resolved', startsAt: stamp('09:30'), endsAt: stamp('09:00') });
    expect(observe(empty(), {}, '10:00', known).lasted).toBe(0);
  });
});

describe('an alert that ends', () => {
  it('shows how finely its rule resolves time, to all alerts of it', () => {
    const draft = empty();
    for (const minutes of [2, 3, 5]) end(draft, minutes);
    expect(observe(draft, { fingerprint: 'b' }).resolution).toBe(MINUTE);
    expect(observe(draft, { rule: 'NodeDown' }).resolution).toBe(0);
  });

  it('is no onset', () => {
    const draft = empty();
    end(draft, 60);
    expect(draft.learned.get<Baseline>(learnedKey.rule('DiskFull'))).toEqual({ onsets: 0, at: at('10:00'), step: HOUR, episodes: 1 });
  });

  it('before it began lasted no time', () => {
    const draft = empty();
    end(draft, -60);
    expect(draft.learned.get<Baseline>(learnedKey.rule('DiskFull'))).toEqual({ onsets: 0, at: at('10:00'), step: null, episodes: 0 });
  });
});
