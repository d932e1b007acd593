import { describe, expect, it } from 'vitest';
import { ASSOCIATION } from '../../../src/correlate/association-constants.ts';
import { noteOnset, withBurst, withMeeting } from '../../../src/correlate/co-occurrence.ts';
import { DAY, MINUTE, SECOND } from '../../../src/model/time.ts';
import { History, NOISY, randomOf } from './onset-history.ts';
import { at } from './scenario.ts';

const log = (seconds: number): number => Math.log(seconds * SECOND);

describe('an onset', () => {
  it('follows what began within the hour before', () => {
    const history = new History();
    history.note('node/a', at('10:00'));
    history.note('model/b', at('10:05'));
    history.note('kpi/c', at('11:02'));
    expect(history.entities('node/a', 'model/b')).toMatchObject({ support: 1, days: 1, at: at('10:05') });
    expect(history.entities('node/a', 'model/b')?.logLag).toBeCloseTo(log(300), 3);
    expect(history.entities('node/a', 'model/b')?.logLagSquared).toBeCloseTo(log(300) ** 2, 3);
    expect(history.entities('model/b', 'kpi/c')?.logLag).toBeCloseTo(log(57 * 60), 3);
    expect(history.entities('model/b', 'node/a')).toBeUndefined();
    expect(history.entities('node/a', 'kpi/c')).toBeUndefined();
  });

  it('counts once in an hour of its entity, however many rules and times it has', () => {
    const history = new History();
    history.note('node/a', at('10:00'));
    history.note('node/a', at('10:01'), { rule: 'slow' });
    history.note('model/b', at('10:05'), { rule: 'errors' });
    history.note('model/b', at('10:06'), { rule: 'latency' });
    history.note('node/a', at('10:20'));
    history.note('model/b', at('10:30'), { rule: 'errors' });
    expect(history.of('node/a')?.bursts).toBe(1);
    expect(history.of('model/b')?.bursts).toBe(1);
    expect(history.entities('node/a', 'model/b')?.support).toBe(1);
    expect(history.entities('model/b', 'node/a')).toBeUndefined();
    history.note('node/a', at('11:00'));
    history.note('model/b', at('11:05'));
    expect(history.entities('node/a', 'model/b')?.support).toBeCloseTo(2, 2);
    expect(history.entities('model/b', 'node/a')?.support).toBe(1);
  });

  it('is as late as the latest onset before it, not as what that burst began with', () => {
    const history = new History();
    history.note('node/a', at('10:00'), { rule: 'slow' });
    history.note('node/a', at('10:38'), { rule: 'down' });
    history.note('model/b', at('10:40'), { rule: 'errors' });
    expect(history.entities('node/a', 'model/b')?.logLag).toBeCloseTo(log(120), 3);
    expect(history.rules('down', 'errors')?.logLag).toBeCloseTo(log(120), 3);
    expect(history.rules('slow', 'errors')?.logLag).toBeCloseTo(log(2400), 3);
  });

  it('has no order with one of the same second: each direction counts half', () => {
    const history = new History();
    history.note('node/a', at('10:00'), { rule: 'down' });
    history.note('model/b', at('10:00') + 400, { rule: 'errors' });
    for (const pair of [
      history.entities('node/a', 'model/b'),
      history.entities('model/b', 'node/a'),
      history.rules('down', 'errors'),
      history.rules('errors', 'down'),
    ]) {
      expect(pair).toMatchObject({ support: 0.5, days: 1 });
      expect(pair?.logLag).toBeCloseTo(log(1) / 2, 3);
    }
  });

  it('that is heard of late comes before what it came before', () => {
    const history = new History();
    history.note('model/b', at('10:05'));
    history.note('node/a', at('10:00'));
    expect(history.entities('node/a', 'model/b')?.logLag).toBeCloseTo(log(300), 3);
    expect(history.entities('model/b', 'node/a')).toBeUndefined();
    expect(history.recent.map(({ entity }) => entity)).toEqual(['node/a', 'model/b']);
  });

  it('of a rule follows other rules, on the same entity too, and its own never', () => {
    const history = new History();
    history.note('node/a', at('10:00'), { rule: 'disk' });
    history.note('node/b', at('10:01'), { rule: 'disk' });
    history.note('node/b', at('10:02'), { rule: 'errors' });
    history.note(null, at('10:03'), { rule: 'budget' });
    expect(history.rules('disk', 'errors')?.logLag).toBeCloseTo(log(60), 3);
    expect(history.rules('disk', 'disk')).toBeUndefined();
    expect(history.rules('errors', 'budget')?.support).toBe(1);
    expect(history.entities('node/a', 'node/b')?.support).toBe(1);
    expect([...history.totals.keys()]).toHaveLength(5);
  });

  it('of a noisy alert neither follows nor is followed', () => {
    const history = new History();
    expect(history.note('node/a', at('10:00'), { rate: NOISY * 1.01 })).toBe(0);
    history.note('model/b', at('10:05'), { rate: NOISY });
    expect(history.recent).toHaveLength(1);
    expect(history.of('node/a')).toBeUndefined();
    expect(history.pairs.size).toBe(0);
  });

  it('changes nothing that it is given, and gives plain values', () => {
    const view = new History();
    view.note('node/a', at('10:00'));
    const before = structuredClone([view.recent, [...view.totals], [...view.pairs]]);
    const changes = noteOnset(view, { rule: 'errors', entity: 'model/b', at: at('10:05'), rate: 0 }, NOISY, ASSOCIATION);
    expect([view.recent, [...view.totals], [...view.pairs]]).toEqual(before);
    expect(JSON.parse(JSON.stringify(changes))).toEqual(changes);
    expect(changes?.totals).toHaveLength(2);
    expect(changes?.pairs).toHaveLength(2);
  });
});

describe('the window', () => {
  it('holds each alert once, with its latest time, oldest first, for an hour', () => {
    const history = new History();
    history.note('node/a', at('10:00'));
    history.note('node/b', at('10:10'));
    history.note('node/a', at('10:20'));
    history.note('node/a', at('10:15'));
    expect(history.recent.map((onset) => [onset.entity, onset.at])).toEqual([
      ['node/b', at('10:10')],
      ['node/a', at('10:20')],
    ]);
    history.note('node/c', at('11:10'));
    expect(history.recent.map(({ entity }) => entity)).toEqual(['node/a', 'node/c']);
  });

  it('holds the latest 64, and while it does nothing meets', () => {
    const history = new History();
    for (let i = 0; i < 64; i++) history.note(`node/${i}`, at('10:00') + i * 10 * SECOND, { rule: `r${i}` });
    expect(history.entities('node/0', 'node/63')?.support).toBe(1);
    const pairs = history.pairs.size;
    expect(pairs).toBe(64 * 63);
    history.note('node/64', at('10:20'), { rule: 'r64' });
    expect(history.pairs.size).toBe(pairs);
    expect(history.of('node/64')?.bursts).toBe(1);
    expect(history.recent).toHaveLength(64);
    expect(history.recent[0]?.entity).toBe('node/1');
  });
});

describe('counts', () => {
  it('fade by half in 14 days', () => {
    const first = withBurst(undefined, at('10:00'), ASSOCIATION);
    const later = withBurst(first, at('+14d 15:00'), ASSOCIATION);
    expect(later.bursts).toBeCloseTo(1 + 2 ** (-(14 + 5 / 24) / 14), 4);
    expect(later.hours[10]).toBeCloseTo(later.bursts - 1, 4);
    expect(later.hours[15]).toBe(1);
    expect(later.since).toBe(at('10:00'));
    const pair = withMeeting(withMeeting(undefined, 1, MINUTE, at('10:00'), ASSOCIATION), 1, 4 * MINUTE, at('+14d 10:00'), ASSOCIATION);
    expect(pair.support).toBe(1.5);
    expect(pair.logLag).toBeCloseTo(0.5 * log(60) + log(240), 3);
    expect(pair.logLagSquared).toBeCloseTo(0.5 * log(60) ** 2 + log(240) ** 2, 3);
  });

  it('of days grow by one a day, and begin anew when the pair is as good as forgotten', () => {
    let pair = withMeeting(undefined, 1, MINUTE, at('10:00'), ASSOCIATION);
    pair = withMeeting(pair, 1, MINUTE, at('23:59'), ASSOCIATION);
    expect(pair.days).toBe(1);
    pair = withMeeting(pair, 1, MINUTE, at('+1d 00:01'), ASSOCIATION);
    expect(pair.days).toBe(2);
    expect(withMeeting(pair, 1, MINUTE, at('+5d 10:00'), ASSOCIATION).days).toBe(3);
    // 3 · 2^(−38/14) is 0.46.
    expect(withMeeting(pair, 1, MINUTE, at('+39d 10:00'), ASSOCIATION).days).toBe(1);
  });

  it('are the same for the same onsets', () => {
    const played = () => {
      const history = new History();
      const random = randomOf(3);
      let now = at('00:00');
      for (let i = 0; i < 500; i++) {
        now += Math.floor((random() * DAY) / 24);
        history.note(`node/${Math.floor(random() * 30)}`, now - Math.floor(random() * MINUTE), { rule: `r${Math.floor(random() * 9)}` });
      }
      return [history.recent, [...history.totals], [...history.pairs]];
    };
    expect(played()).toEqual(played());
  });
});
