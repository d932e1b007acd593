import { describe, expect, it } from 'vitest';
import { readRecordedEvent } from '../../../src/cli/replay/recorded-event.ts';
import { Replay } from '../../../src/cli/replay/replay.ts';
import { defaultConfig } from '../../../src/config/load-config.ts';
import { pairKey, totalKey } from '../../../src/correlate/association.ts';
import { Draft } from '../../../src/correlate/draft.ts';
import { type LearnedEntry, readLearned, transferable } from '../../../src/correlate/history-records.ts';
import { EngineState } from '../../../src/correlate/state.ts';
import { takeHistory } from '../../../src/correlate/take-history.ts';
import { learnedKey, type RuleLifespan, type Total } from '../../../src/model/learned.ts';
import { DAY, HOUR, MINUTE } from '../../../src/model/time.ts';
import { at } from './scenario.ts';

const NOW = at('10:00');
const SINCE = NOW - 30 * DAY;
const RULE: LearnedEntry = [learnedKey.rule('Slow'), { onsets: 4, at: NOW - DAY, step: 30_000, episodes: 4 }];

function total(name: string, bursts: number): LearnedEntry {
  const record: Total = { bursts, hours: Array(24).fill(0), at: NOW - DAY, since: SINCE };
  return [learnedKey.total(totalKey('entity', name)), record];
}

const PAIR: LearnedEntry = [learnedKey.pair(pairKey('entity', 'node/a', 'model/b')), { support: 3, logLag: 1, logLagSquared: 1, days: 3, at: NOW - DAY }];

function take(draft: Draft, ...records: readonly LearnedEntry[]): number {
  return takeHistory(draft, { kind: 'learned', receivedAt: NOW, since: SINCE, records }, NOW);
}

describe('history', () => {
  it('is added where nothing is known, and makes the time watched longer', () => {
    const draft = new Draft(new EngineState());
    expect(take(draft, RULE)).toBe(1);
    expect(draft.learned.get(RULE[0])).toEqual(RULE[1]);
    expect(draft.learned.counts).toMatchObject({ since: SINCE, series: 0 });
    expect(draft.timers).toMatchObject([{ kind: 'tidy' }]);
  });

  it('leaves alone what is known, and the second time changes nothing', () => {
    const draft = new Draft(new EngineState());
    const own = { onsets: 1, at: NOW - HOUR, step: null, episodes: 0 };
    draft.learned.set(RULE[0], own);
    draft.learned.set(learnedKey.counts, { since: NOW - HOUR, series: 7, labelIds: 3, tidiedAt: NOW });
    expect(take(draft, RULE)).toBe(0);
    expect(draft.learned.get(RULE[0])).toEqual(own);
    expect(draft.learned.counts.since).toBe(NOW - HOUR);
    expect(take(draft, total('node/a', 5))).toBe(1);
    expect(draft.learned.counts).toEqual({ since: SINCE, series: 7, labelIds: 3, tidiedAt: NOW });
    expect(take(draft, total('node/a', 5))).toBe(0);
  });

  it('takes a pair only where both of its ends have come as often', () => {
    const draft = new Draft(new EngineState());
    expect(take(draft, total('node/a', 5), PAIR)).toBe(1);
    expect(take(draft, total('model/b', 2), PAIR)).toBe(1);
    const fresh = new Draft(new EngineState());
    expect(take(fresh, total('node/a', 5), total('model/b', 3), PAIR)).toBe(3);
  });
});

describe('what is taken over', () => {
  const replay = new Replay(defaultConfig().policy);
  for (let i = 0; i < 30; i++) {
    const start = NOW - 3 * DAY + i * 2 * HOUR;
    const line = (time: number, more: object) =>
      JSON.stringify({
        receivedAt: new Date(time).toISOString(),
        source: 'alertmanager',
        body: {
          version: '4',
          alerts: [{ labels: { alertname: 'Slow', severity: 'warning', node: `n${i % 2}` }, startsAt: new Date(start).toISOString(), ...more }],
        },
      });
    const lines = [line(start, { status: 'firing' })];
    // The last one goes on.
    if (i < 29) lines.push(line(start + 4 * MINUTE, { status: 'resolved', endsAt: new Date(start + 4 * MINUTE).toISOString() }));
    for (const text of lines) replay.event(readRecordedEvent(text) as Parameters<Replay['event']>[0]);
  }
  replay.finish();
  const entries = transferable(replay.learned);

  it('is what alerts, rules and senders usually do; each record passes the check of the service', () => {
    expect(new Set(entries.map(([key]) => key.slice(0, key.indexOf(' '))))).toEqual(new Set(['s', 'r', 'd', 'lags', 't']));
    for (const [key, record] of entries) expect([key, readLearned(key, JSON.parse(JSON.stringify(record)))]).toEqual([key, record]);
  });

  it('has no alert of history that still fires', () => {
    const key = learnedKey.ruleLifespan('Slow');
    expect((replay.learned.get(key) as RuleLifespan).open).toBe(1);
    expect(entries.find(([each]) => each === key)?.[1]).toMatchObject({ series: 2, open: 0, openSince: 0 });
  });
});

describe('a record', () => {
  it.each([
    ['r x', { onsets: -1, at: 0, step: null, episodes: 0 }],
    ['r x', { onsets: 1, at: 0, step: null }],
    ['r x', { onsets: 1, at: 0, step: null, episodes: 0, more: 1 }],
    ['r x', { onsets: '1', at: 0, step: null, episodes: 0 }],
    ['r x', [1]],
    ['lags a', { lags: Array(33).fill(1), agedAt: 0 }],
    ['t ex', { bursts: 1, hours: [1], at: 0, since: 0 }],
    ['counts', { since: 0, series: 0, labelIds: 0, tidiedAt: 0 }],
    ['e a\nb', { from: 'a', to: 'b', origin: 'labels', at: 0 }],
    ['__proto__', {}],
    [`r ${'x'.repeat(5000)}`, RULE[1]],
  ])('%s as %j is none', (key, value) => {
    expect(readLearned(key, value)).toBeNull();
  });
});
