import { describe, expect, it } from 'vitest';
import type { Hold } from '../../../src/model/alert.ts';
import type { Suppression } from '../../../src/model/evidence.ts';
import { timestampOf } from '../../../src/model/time.ts';
import { apiServer } from './api-server.ts';
import { records } from './memory-read-model.ts';
import { alert, at, document } from './records.ts';

const api = apiServer();

const THREE = records({
  alerts: [
    alert({ fingerprint: 'c3', status: 'resolved', endsAt: timestampOf(at('10:30')) }),
    alert({ fingerprint: 'a1' }),
    alert({ fingerprint: 'b2', membership: { incidentId: '01A', startsAt: timestampOf(at('10:00')), occurrences: 2 } }),
  ],
  documents: [document('a1', { service: 'ranker' }), document('b2', { service: 'cache' }), document('c3', { service: 'ranker' })],
  timeline: {
    '01A': [
      { at: at('10:00'), kind: 'opened', summary: 'opened', evidence: [], fingerprint: 'z9' },
      { at: at('10:01'), kind: 'joined', summary: 'joined', evidence: [], fingerprint: 'b2' },
    ],
  },
});

describe('the list of alerts', () => {
  it.each([
    ['', ['a1', 'b2', 'c3']],
    ['?status=firing', ['a1', 'b2']],
    ['?status=firing&status=resolved', ['a1', 'b2', 'c3']],
    ['?matcher=service%3D%22ranker%22', ['a1', 'c3']],
    ['?matcher=service%3D%22ranker%22&status=resolved', ['c3']],
  ])('with %j is by fingerprint and has %j', async (query, fingerprints) => {
    const answer = await api({ records: THREE }).inject(`/api/v1/alerts${query}`);
    expect(answer.json().items.map(({ fingerprint }: { fingerprint: string }) => fingerprint)).toEqual(fingerprints);
    expect(answer.json().nextCursor).toBeNull();
  });

  it('is paged', async () => {
    const first = (await api({ records: THREE }).inject('/api/v1/alerts?limit=2')).json();
    const second = (await api({ records: THREE }).inject(`/api/v1/alerts?limit=2&cursor=${first.nextCursor}`)).json();
    expect(second.items).toMatchObject([{ fingerprint: 'c3', endsAt: '2026-03-01T10:30:00Z' }]);
  });
});

describe('one alert', () => {
  it('has its state, its incident and what the timeline says of it', async () => {
    const answer = await api({ records: THREE }).inject('/api/v1/alerts/b2');
    expect(answer.json()).toMatchObject({
      fingerprint: 'b2',
      labels: { service: 'cache' },
      incidentId: '01A',
      heardAt: '2026-03-01T10:05:00Z',
      history: [{ kind: 'joined', at: '2026-03-01T10:01:00Z' }],
    });
  });

  it('that is in no incident has no history', async () => {
    expect((await api({ records: THREE }).inject('/api/v1/alerts/a1')).json()).toMatchObject({ incidentId: null, history: [] });
  });

  it('is not found as a problem', async () => {
    const answer = await api({ records: THREE }).inject('/api/v1/alerts/ffff');
    expect([answer.statusCode, answer.json().code]).toEqual([404, 'not-found']);
  });
});

describe('suppressions', () => {
  const held = (since: string): Suppression => ({
    fingerprint: 'a1',
    startsAt: '2026-03-01T10:00:00.123456789Z',
    incidentId: '01A',
    reason: 'transient',
    rule: null,
    since: at(since),
    until: at('10:20'),
    outcome: 'untold',
    evidence: [{ kind: 'group-wait', summary: 'resolved 7 s after it fired', value: 7, threshold: 10, observations: 1 }],
  });

  it('have their labels, evidence and end', async () => {
    const answer = await api({ records: records({ suppressions: [held('10:00')], documents: [document('a1', { service: 'ranker' })] }) }).inject(
      '/api/v1/suppressions',
    );
    expect(answer.json()).toEqual({
      items: [
        {
          fingerprint: 'a1',
          startsAt: '2026-03-01T10:00:00.123456789Z',
          labels: { service: 'ranker' },
          incidentId: '01A',
          reason: 'transient',
          rule: null,
          since: '2026-03-01T10:00:00Z',
          until: '2026-03-01T10:20:00Z',
          outcome: 'untold',
          evidence: [{ kind: 'group-wait', summary: 'resolved 7 s after it fired', value: 7, threshold: 10, observations: 1 }],
        },
      ],
      nextCursor: null,
    });
  });

  it('begin with what is held back now', async () => {
    const hold: Hold = {
      reason: 'rule',
      rule: 'noise',
      since: at('09:00'),
      until: at('13:00'),
      digest: false,
      thin: false,
      alone: true,
      conditions: null,
      evidence: [{ kind: 'otherwise', summary: 'without the hold it would have been told at 09:00' }],
      received: 1,
      routes: [],
    };
    const kept = records({ suppressions: [held('10:00')], alerts: [alert({ fingerprint: 'b2', hold }), alert({ fingerprint: 'c3' })] });
    const first = (await api({ records: kept }).inject('/api/v1/suppressions?limit=1')).json();
    expect(first.items).toEqual([
      {
        fingerprint: 'b2',
        startsAt: '2026-03-01T10:00:00Z',
        labels: {},
        incidentId: null,
        reason: 'rule',
        rule: 'noise',
        since: '2026-03-01T09:00:00Z',
        until: '2026-03-01T13:00:00Z',
        outcome: 'held',
        evidence: [{ kind: 'otherwise', summary: 'without the hold it would have been told at 09:00' }],
      },
    ]);
    const second = (await api({ records: kept }).inject(`/api/v1/suppressions?cursor=${first.nextCursor}`)).json();
    expect(second.items).toMatchObject([{ fingerprint: 'a1', outcome: 'untold' }]);
  });

  it('are paged, newest first', async () => {
    const kept = records({ suppressions: [held('10:00'), held('10:10'), held('10:05')] });
    const first = (await api({ records: kept }).inject('/api/v1/suppressions?limit=2')).json();
    const second = (await api({ records: kept }).inject(`/api/v1/suppressions?cursor=${first.nextCursor}`)).json();
    expect([...first.items, ...second.items].map(({ since }) => since)).toEqual(['2026-03-01T10:10:00Z', '2026-03-01T10:05:00Z', '2026-03-01T10:00:00Z']);
  });
});

describe('the account of all alerts', () => {
  it('is answered from the ledger', async () => {
    const totals = { received: 10, notified: 4, pending: 1, duplicate: 2, failed: 1, suppressedByReason: new Map([['transient', 2] as const]) };
    expect((await api({ records: records({ totals }) }).inject('/api/v1/ledger')).json()).toEqual({
      received: 10,
      notified: 4,
      pending: 1,
      suppressed: 2,
      duplicate: 2,
      failed: 1,
      suppressedByReason: { transient: 2 },
    });
  });

  it('lists what could not be understood', async () => {
    const failures = [{ at: at('10:00'), pointer: '/alerts/3/labels', detail: 'must be an object, not null', raw: '{"labels":null}' }];
    expect((await api({ records: records({ failures }) }).inject('/api/v1/failures')).json()).toEqual({
      items: [{ at: '2026-03-01T10:00:00Z', pointer: '/alerts/3/labels', detail: 'must be an object, not null', raw: '{"labels":null}' }],
      nextCursor: null,
    });
  });
});
