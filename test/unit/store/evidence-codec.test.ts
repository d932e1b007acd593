import { describe, expect, it } from 'vitest';
import type { Evidence, TimelineEntry } from '../../../src/model/evidence.ts';
import { decodeEntry, decodeReasons, encodeEntry, encodeReasons } from '../../../src/store/evidence-codec.ts';

const REASONS: readonly Evidence[] = [
  { kind: 'same-entity', summary: 'node/gpu-7 has alerts here' },
  { kind: 'time', summary: 'began with it', value: 0 },
  { kind: 'chance', summary: 'hardly', value: -1.79, threshold: 0.85 },
  { kind: 'bound', summary: 'beyond it', threshold: 3 },
  { kind: 'count', summary: 'seen often', observations: 12 },
];

describe('reasons', () => {
  it('are read as they were written, with the numbers that they have and no others', () => {
    expect(decodeReasons(encodeReasons(REASONS))).toStrictEqual(REASONS);
    expect(decodeReasons(encodeReasons([]))).toEqual([]);
  });

  it('are read as an older version wrote them', () => {
    expect(decodeReasons(`1${JSON.stringify(REASONS)}`)).toEqual(REASONS);
  });
});

describe('an entry of a timeline', () => {
  const opened: TimelineEntry = { at: 5, kind: 'opened', summary: 'NodeDown opened it', evidence: REASONS, fingerprint: '791cec13fcba0368' };
  const told: TimelineEntry = { at: 6, kind: 'told', summary: 'trigger sent', evidence: [] };
  const closed: TimelineEntry = { at: 7, kind: 'resolved', summary: 'ada resolved it', evidence: [], by: 'ada' };

  it.each([opened, told, closed])('is read as it was written: $kind', (entry) => {
    expect(decodeEntry(encodeEntry(entry))).toStrictEqual(entry);
  });

  it('is read as an older version wrote it', () => {
    expect(decodeEntry(`1${JSON.stringify(opened)}`)).toEqual(opened);
  });
});
