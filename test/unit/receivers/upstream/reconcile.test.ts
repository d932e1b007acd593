import { describe, expect, it } from 'vitest';
import { HOUR, MINUTE, parseTimestamp, timestampOf } from '../../../../src/model/time.ts';
import { readListedAlerts } from '../../../../src/receivers/upstream/listed-alerts.ts';
import { type KnownAlert, reconcile, type UpstreamMemory } from '../../../../src/receivers/upstream/reconcile.ts';

const at = (time: string) => parseTimestamp(`2026-03-01T${time}:00Z`)?.ms ?? 0;
const TEN = at('10:00');
const NO_MEMORY: UpstreamMemory = { had: new Set(), missedSince: new Map(), goneSince: new Map() };

/** An alert as `GET /api/v2/alerts` lists it, active since 09:00. */
const listed = (fingerprint: string, status: object = { state: 'active', silencedBy: [], inhibitedBy: [] }, startsAt = '2026-03-01T09:00:00.000Z') => ({
  fingerprint,
  labels: { alertname: 'NodeDown', node: fingerprint },
  annotations: {},
  startsAt,
  endsAt: '2026-03-01T10:04:00.000Z',
  updatedAt: '2026-03-01T10:00:00.000Z',
  generatorURL: 'http://prometheus.example/graph',
  receivers: [{ name: 'winnow' }],
  status,
});

const A = '000000000000000a';
const B = '000000000000000b';

const known = (...alerts: readonly Partial<KnownAlert>[]) =>
  new Map(
    alerts.map((alert) => {
      const full: KnownAlert = { fingerprint: A, status: 'firing', startsAt: timestampOf(at('09:00')), heardAt: TEN, ...alert };
      return [full.fingerprint, full];
    }),
  );

const compare = (list: readonly object[], here: ReadonlyMap<string, KnownAlert>, memory = NO_MEMORY, now = TEN, uptime = 24 * HOUR) =>
  reconcile(readListedAlerts(list, now) ?? new Map(), here, memory, { uptime, now });

describe('the list of an Alertmanager', () => {
  it('is read as webhooks are, everything in it firing', () => {
    const read = readListedAlerts([listed(A), null, { labels: 5 }], TEN);
    expect([...(read?.keys() ?? [])]).toEqual([A]);
    expect(read?.get(A)).toMatchObject({ alert: { status: 'firing', endsAt: null, source: 'alertmanager' }, muted: null });
    expect(readListedAlerts({ items: [] }, TEN)).toBe(null);
  });

  it.each([
    [{ state: 'suppressed', silencedBy: ['s1'], inhibitedBy: [] }, 'silenced'],
    [{ state: 'suppressed', silencedBy: [], inhibitedBy: [B] }, 'inhibited'],
    [{ state: 'suppressed', silencedBy: ['s1'], inhibitedBy: [B] }, 'silenced'],
    [{ state: 'suppressed', silencedBy: [], inhibitedBy: [], mutedBy: ['night'] }, null],
    [{ state: 'unprocessed', silencedBy: [], inhibitedBy: [] }, null],
  ])('with the status %j says %s', (status, muted) => {
    expect(readListedAlerts([listed(A, status)], TEN)?.get(A)?.muted).toBe(muted);
  });
});

describe('an alert that fires here and is no longer listed', () => {
  const had = compare([listed(A)], known({})).memory;

  it('is gone once it has been for two minutes', () => {
    const first = compare([], known({}), had, TEN + MINUTE);
    expect(first.gone).toEqual([]);
    const second = compare([], known({}), first.memory, TEN + 2 * MINUTE);
    expect(second.gone).toEqual([]);
    expect(compare([], known({}), second.memory, TEN + 3 * MINUTE).gone).toEqual([A]);
  });

  it('is not gone when it comes back, and has two minutes again', () => {
    const gone = compare([], known({}), had, TEN + MINUTE);
    const back = compare([listed(A)], known({}), gone.memory, TEN + 2 * MINUTE);
    expect(compare([], known({}), back.memory, TEN + 3 * MINUTE).gone).toEqual([]);
  });

  it('is left alone when this Alertmanager never had it', () => {
    const first = compare([], known({}));
    expect(compare([], known({}), first.memory, TEN + HOUR).gone).toEqual([]);
  });

  it('is left alone while this Alertmanager has just started', () => {
    const first = compare([], known({}), had, TEN + MINUTE, MINUTE);
    const later = compare([], known({}), first.memory, TEN + 14 * MINUTE, 14 * MINUTE);
    expect(later.gone).toEqual([]);
    const settled = compare([], known({}), later.memory, TEN + 16 * MINUTE, 16 * MINUTE);
    expect(compare([], known({}), settled.memory, TEN + 18 * MINUTE, 18 * MINUTE).gone).toEqual([A]);
  });

  it('is forgotten once it has ended here', () => {
    expect(compare([], known({ status: 'resolved' }), had, TEN + MINUTE).memory.had.size).toBe(0);
  });
});

describe('an alert that is listed and does not fire here', () => {
  const missed = (list: object, here: ReadonlyMap<string, KnownAlert>) => {
    const first = compare([list], here);
    expect(first.missed).toEqual([]);
    return compare([list], here, first.memory, TEN + 2 * MINUTE).missed.map(({ fingerprint }) => fingerprint);
  };

  it('was missed once it has been for two minutes', () => {
    expect(missed(listed(A), known())).toEqual([A]);
  });

  it('was missed when it started after what ended here, and only then', () => {
    const ended = known({ status: 'resolved' });
    expect(missed(listed(A), ended)).toEqual([]);
    expect(missed(listed(A, undefined, '2026-03-01T09:50:00.000Z'), ended)).toEqual([A]);
  });

  it('is left alone while it is silenced there', () => {
    expect(missed(listed(A, { state: 'suppressed', silencedBy: ['s1'], inhibitedBy: [] }), known())).toEqual([]);
  });
});

describe('an alert that fires in both', () => {
  it('counts as heard of once an hour, and may be muted there', () => {
    const silenced = listed(B, { state: 'suppressed', silencedBy: ['s1'], inhibitedBy: [] });
    const found = compare([listed(A), silenced], known({ heardAt: TEN - HOUR }, { fingerprint: B }));
    expect(found).toMatchObject({ heard: [A], silenced: [B], inhibited: [], missed: [], gone: [] });
  });
});
