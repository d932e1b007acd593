import { describe, expect, it } from 'vitest';
import { CHECK } from '../../../src/correlate/baseline/change-flags.ts';
import { NEW_SERIES } from '../../../src/correlate/baseline/series.ts';
import { type LearnedRecord, learnedKey } from '../../../src/model/learned.ts';
import { decodeLearned, encodeLearned } from '../../../src/store/learned-codec.ts';

const AT = 1_772_359_200_000;
const hours = (...busy: readonly (readonly [hour: number, bursts: number])[]) =>
  Array.from({ length: 24 }, (_, i) => busy.find(([hour]) => hour === i)?.[1] ?? 0);
const RECORDS: readonly (readonly [key: string, record: LearnedRecord])[] = [
  [learnedKey.counts, { since: 1, series: 2, labelIds: 3, tidiedAt: 4 }],
  [learnedKey.series('791cec13fcba0368'), { ...NEW_SERIES, onsets: 1, at: AT, agedAt: AT }],
  [
    learnedKey.series('eac01a48744bf110'),
    {
      onsets: 2.5,
      at: AT,
      ended: [0, 0, 0, 1.5, 2],
      cut: [0, 1],
      pauses: [0, 0, 0, 0, 0, 0, 0, 3.25],
      agedAt: AT - 60_000,
      flags: { bits: 517, check: Math.floor(AT / CHECK) - 2 },
      wildest: 11.8,
      woke: { at: AT - 3_600_000, fired: 90_000 },
      habit: { day: 20_513, slots: [[4, 7]] },
    },
  ],
  [
    learnedKey.ruleLifespan('NodeDown'),
    {
      ended: [0, 2.5],
      cut: [],
      pauses: [0, 0, 1],
      agedAt: AT,
      series: 3,
      hours: { counts: [0, 2], days: [3, 1], day: 20_513, today: 1, squares: 4 },
      open: 2,
      openSince: 2 * AT - 5,
    },
  ],
  [learnedKey.rule('NodeDown'), { onsets: 0.5, at: 5, step: 60_000, episodes: 3 }],
  [learnedKey.rule('Late'), { onsets: 0, at: 5, step: null, episodes: 2 }],
  [learnedKey.label('site=d26'), { id: 1025, series: 7, at: 5 }],
  [learnedKey.labelName('site'), { values: 3 }],
  [learnedKey.edge('service/a', 'service/b'), { from: 'service/a', to: 'service/b', origin: 'labels', at: 5 }],
  [
    learnedKey.recent,
    {
      recent: [
        { rule: 'NodeDown', entity: null, at: 1000, ruleBegan: 400, entityBegan: 1000 },
        { rule: '', entity: 'node/a', at: 2000, ruleBegan: 2000, entityBegan: 900 },
      ],
    },
  ],
  [learnedKey.recent, { recent: [] }],
  [learnedKey.total('eservice/a'), { bursts: 3.5, hours: hours([0, 1.5], [23, 2]), at: 5, since: 1 }],
  [learnedKey.total('rNodeDown'), { bursts: 0, hours: hours(), at: 5, since: 1 }],
  [learnedKey.pair('e9 service/aservice/b'), { support: 1.5, logLag: 10.1, logLagSquared: 99, days: 2, at: 5 }],
];

describe('what is learned', () => {
  it.each(RECORDS)('is read as it was written: %s', (key, record) => {
    expect(decodeLearned(encodeLearned(record, key), key)).toEqual(record);
  });

  it.each(RECORDS)('is read as an older version wrote it: %s', (key, record) => {
    expect(decodeLearned(`1${JSON.stringify(record)}`, key)).toEqual(record);
  });

  it('of one alert takes little', () => {
    expect(encodeLearned({ ...NEW_SERIES, onsets: 1, at: AT, agedAt: AT }, learnedKey.series('791cec13fcba0368')).length).toBeLessThanOrEqual(80);
  });
});
