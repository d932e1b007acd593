import { describe, expect, it } from 'vitest';
import { type Verdict, verdictOn } from '../../../src/correlate/deduplicate.ts';
import type { AlertState, ReceivedAlert } from '../../../src/model/alert.ts';
import { parseTimestamp, type Timestamp } from '../../../src/model/time.ts';
import { alertState } from './alert-state.ts';
import { firing, resolved } from './scenario.ts';

const fires: AlertState = alertState({ status: 'firing' });
const ended: AlertState = alertState({ status: 'resolved' });

describe('an alert that is not known', () => {
  it('is an onset when it fires', () => {
    expect(verdictOn(undefined, firing('a'))).toBe('onset');
  });

  it('is an end of something never heard of when it is resolved', () => {
    expect(verdictOn(undefined, resolved('a'))).toBe('unheard-end');
  });
});

describe('an alert that fires since 10:00', () => {
  it.each<[string, ReceivedAlert, Verdict]>([
    ['firing with the same start is a duplicate', firing('a', { startsAt: '10:00' }), 'duplicate'],
    ['firing with an earlier start is a late duplicate', firing('a', { startsAt: '09:00' }), 'duplicate'],
    ['firing with a later start fired again unseen', firing('a', { startsAt: '10:20' }), 'onset'],
    ['firing without a start speaks of the same episode', firing('a', { startsAt: null }), 'duplicate'],
    ['resolved with the same start ended', resolved('a', { startsAt: '10:00' }), 'end'],
    ['resolved with a later start ended too, its last start unseen', resolved('a', { startsAt: '10:20' }), 'end'],
    ['resolved with an earlier start is about an older episode', resolved('a', { startsAt: '09:00' }), 'duplicate'],
    ['resolved without a start ended', resolved('a', { startsAt: null }), 'end'],
  ])('%s', (_case, alert, verdict) => {
    expect(verdictOn(fires, alert)).toBe(verdict);
  });
});

describe('an alert that fired at 10:00 and ended', () => {
  it.each<[string, ReceivedAlert, Verdict]>([
    ['firing with the same start may be a late replica', firing('a', { startsAt: '10:00' }), 'doubtful'],
    ['firing with an earlier start is a late duplicate', firing('a', { startsAt: '09:00' }), 'duplicate'],
    ['firing with a later start fires again', firing('a', { startsAt: '10:40' }), 'onset'],
    ['firing without a start fires again', firing('a', { startsAt: null }), 'onset'],
    ['resolved with the same start is a duplicate', resolved('a', { startsAt: '10:00' }), 'duplicate'],
    ['resolved with an earlier start is a duplicate', resolved('a', { startsAt: '09:00' }), 'duplicate'],
    ['resolved with a later start was a whole episode unseen', resolved('a', { startsAt: '10:40' }), 'later-end'],
    ['resolved without a start is a duplicate', resolved('a', { startsAt: null }), 'duplicate'],
  ])('%s', (_case, alert, verdict) => {
    expect(verdictOn(ended, alert)).toBe(verdict);
  });
});

it('tells starts apart that differ by a nanosecond', () => {
  const known = { ...fires, startsAt: nanos('2026-03-01T10:00:00.123456788Z') };
  expect(verdictOn(known, { ...firing('a'), startsAt: nanos('2026-03-01T10:00:00.123456789Z') })).toBe('onset');
  expect(verdictOn(known, { ...firing('a'), startsAt: nanos('2026-03-01T10:00:00.123456787Z') })).toBe('duplicate');
});

function nanos(text: string): Timestamp {
  const read = parseTimestamp(text);
  if (read === null) throw new Error(`not a time: ${text}`);
  return read;
}
