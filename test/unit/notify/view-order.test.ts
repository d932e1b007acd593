import { describe, expect, it } from 'vitest';
import type { Member } from '../../../src/model/alert.ts';
import { mostImportant } from '../../../src/notify/view-order.ts';
import { member, time } from './incident-view.ts';

const cause = { rank: 1, score: 0.9, entity: 'node/gpu-7', fingerprint: 'f-cause', changeId: null, evidence: [] };
const order = (members: readonly Member[], limit = 10, rootCauses = [cause]) => mostImportant(members, { rootCauses }, limit).map((shown) => shown.fingerprint);

describe('the most important alerts come first', () => {
  it('firing before resolved, even a mild one before a critical one that is over', () => {
    expect(order([member({ fingerprint: 'over', status: 'resolved', severity: 'critical' }), member({ fingerprint: 'mild', severity: 'info' })])).toEqual([
      'mild',
      'over',
    ]);
  });

  it('worse before milder, even before the cause', () => {
    expect(order([member({ fingerprint: 'f-cause', severity: 'warning' }), member({ fingerprint: 'worse', entity: 'model/a' })])).toEqual(['worse', 'f-cause']);
  });

  it('the alert of the first cause, then others of its entity, then the rest', () => {
    const members = [
      member({ fingerprint: 'a', entity: 'model/a' }),
      member({ fingerprint: 'b', entity: 'node/gpu-7' }),
      member({ fingerprint: 'f-cause', entity: 'x/y' }),
    ];
    expect(order(members)).toEqual(['f-cause', 'b', 'a']);
  });

  it('earlier before later, to the nanosecond', () => {
    const late = member({ fingerprint: 'a', entity: null, startsAt: time('2026-03-01T03:12:00.000000002Z') });
    const early = member({ fingerprint: 'b', entity: null, startsAt: time('2026-03-01T03:12:00.000000001Z') });
    expect(order([late, early])).toEqual(['b', 'a']);
  });

  it('by fingerprint among equals, so that the order does not depend on how they came', () => {
    const members = ['c', 'a', 'b'].map((fingerprint) => member({ fingerprint, entity: null }));
    expect(order(members, 10, [])).toEqual(['a', 'b', 'c']);
  });

  it('no more than asked for, and the given list stays as it was', () => {
    const members = ['c', 'a', 'b'].map((fingerprint) => member({ fingerprint, entity: null }));
    expect(order(members, 2)).toEqual(['a', 'b']);
    expect(members.map(({ fingerprint }) => fingerprint)).toEqual(['c', 'a', 'b']);
  });
});
