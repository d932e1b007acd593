import { describe, expect, it } from 'vitest';
import { readEpisode, statusOf } from '../../../src/receivers/alert-status.ts';

const NOON = Date.parse('2026-03-01T12:00:00Z');
const ZERO = '0001-01-01T00:00:00Z';

const read = (alert: Record<string, unknown>, bodyStatus: 'firing' | 'resolved' | null = null) =>
  readEpisode(alert, '/alerts/0', { bodyStatus, receivedAt: NOON });

describe('the state of an alert', () => {
  it('is what the alert says, with the nanoseconds of its times', () => {
    expect(read({ status: 'firing', startsAt: '2026-03-01T11:00:00.123456789Z', endsAt: ZERO })).toEqual({
      status: 'firing',
      startsAt: { ms: Date.parse('2026-03-01T11:00:00.123Z'), text: '2026-03-01T11:00:00.123456789Z' },
      endsAt: null,
    });
    expect(read({ status: 'resolved', startsAt: '2026-03-01T11:00:00Z', endsAt: '2026-03-01T11:30:00Z' })).toMatchObject({
      status: 'resolved',
      endsAt: { text: '2026-03-01T11:30:00Z' },
    });
  });

  it('is read in any case, and in the words of Grafana', () => {
    expect(['FIRING', 'Resolved', ' firing ', 'alerting', 'OK'].map(statusOf)).toEqual(['firing', 'resolved', 'firing', 'firing', 'resolved']);
    expect(['pending', '', 1, null, undefined].map(statusOf)).toEqual([null, null, null, null, null]);
  });

  it('is its own, even where the webhook says otherwise', () => {
    expect(read({ status: 'resolved', endsAt: '2026-03-01T11:30:00Z' }, 'firing')).toMatchObject({ status: 'resolved' });
    expect(read({ status: 'firing' }, 'resolved')).toMatchObject({ status: 'firing' });
  });

  it('without a status of its own is ended by an end that is past, whatever the webhook says', () => {
    expect(read({ endsAt: '2026-03-01T11:59:59Z' }, 'firing')).toMatchObject({ status: 'resolved', endsAt: { text: '2026-03-01T11:59:59Z' } });
    expect(read({ endsAt: '2026-03-01T12:00:00Z' }, 'firing')).toMatchObject({ status: 'resolved' });
  });

  it('without a status of its own is the state of the webhook, else firing', () => {
    expect(read({ endsAt: ZERO }, 'resolved')).toMatchObject({ status: 'resolved' });
    expect(read({ endsAt: '2026-03-01T12:00:01Z' }, 'resolved')).toMatchObject({ status: 'resolved' });
    expect(read({ endsAt: '2026-03-01T12:00:01Z' }, 'firing')).toMatchObject({ status: 'firing', endsAt: null });
    expect(read({ status: null, endsAt: '2026-03-01T12:00:01Z' })).toMatchObject({ status: 'firing', endsAt: null });
    expect(read({})).toEqual({ status: 'firing', startsAt: null, endsAt: null });
  });

  it('has no end while it fires, whatever was sent', () => {
    for (const endsAt of [ZERO, '', null, '2026-03-01T11:00:00Z', '2026-03-01T13:00:00Z', 7])
      expect(read({ status: 'firing', endsAt })).toMatchObject({ endsAt: null });
  });

  it('ends when it was received if nothing says when, and never before it started', () => {
    for (const endsAt of [ZERO, '', null, undefined])
      expect(read({ status: 'resolved', endsAt })).toMatchObject({ endsAt: { ms: NOON, text: '2026-03-01T12:00:00Z' } });
    expect(read({ status: 'resolved', startsAt: '2026-03-01T12:00:05Z' })).toMatchObject({ endsAt: { text: '2026-03-01T12:00:05Z' } });
  });

  it('has no start when none was sent, or the zero time of Go', () => {
    for (const startsAt of [undefined, null, '', ZERO, '0001-01-01T01:00:00+01:00'])
      expect(read({ status: 'firing', startsAt })).toMatchObject({ startsAt: null });
  });

  it('is a fault when a time is no time', () => {
    expect(read({ status: 'firing', startsAt: 'yesterday' })).toEqual({
      kind: 'fault',
      pointer: '/alerts/0/startsAt',
      detail: 'must be an RFC 3339 time such as 2026-03-01T10:00:00Z, not another text',
    });
    expect(read({ startsAt: 1772359200 })).toMatchObject({ pointer: '/alerts/0/startsAt', detail: expect.stringContaining('not a number') });
    expect(read({ status: 'resolved', endsAt: {} })).toMatchObject({ pointer: '/alerts/0/endsAt', detail: expect.stringContaining('not an object') });
    expect(read({ startsAt: '2026-02-30T00:00:00Z' })).toMatchObject({ kind: 'fault' });
  });

  it('is a fault when its status is no status', () => {
    for (const status of ['pending', 1, {}, []])
      expect(read({ status }, 'firing')).toEqual({ kind: 'fault', pointer: '/alerts/0/status', detail: 'must be firing or resolved' });
  });
});
