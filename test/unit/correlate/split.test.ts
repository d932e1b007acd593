import { describe, expect, it } from 'vitest';
import type { Policy } from '../../../src/correlate/policy.ts';
import { EngineState } from '../../../src/correlate/state.ts';
import type { Labels } from '../../../src/model/labels.ts';
import { action, at, firing, labels, redaction, resolved, type Scene, scene, webhook } from './scenario.ts';

/** Three rules on one node, one incident, told at 10:00:10. */
function three(): Scene {
  const s = scene();
  for (const [fingerprint, alertname] of [
    ['a', 'NodeDown'],
    ['b', 'DiskFull'],
    ['c', 'FanBroken'],
  ] as const)
    s.at('10:00', webhook(firing(fingerprint, { labels: { node: 'gpu-7', alertname, severity: fingerprint === 'a' ? 'critical' : 'warning' } })));
  s.deliver('10:00:10');
  expect(new Set(['a', 'b', 'c'].map((f) => s.incidentOf(f).id)).size).toBe(1);
  return s;
}

const split = (...fingerprints: string[]) => action({ action: 'split' }, 'a', { fingerprints });

describe('alerts that are split off', () => {
  it('are an incident of their own, with their own counts, severity and members', () => {
    const s = three();
    const old = s.incidentOf('a').id;
    const result = s.at('10:05', split('b', 'c'));
    expect(result).toEqual({ ok: true, incidentId: s.incidentOf('b').id });
    expect(s.incidentOf('b').id).not.toBe(old);
    expect(s.incidentOf('c').id).toBe(s.incidentOf('b').id);
    expect(s.incidentOf('b')).toMatchObject({
      status: 'open',
      severity: 'warning',
      alertCount: 2,
      firingCount: 2,
      openedAt: at('10:05'),
      startsAt: at('10:00'),
    });
    expect(s.incidentOf('b').parts.map(({ rule, alerts, firing: count }) => [rule, alerts, count])).toEqual([
      ['DiskFull', 1, 1],
      ['FanBroken', 1, 1],
    ]);
    expect(s.incidentOf('a')).toMatchObject({ severity: 'critical', alertCount: 1, firingCount: 1, parts: [{ rule: 'NodeDown' }] });
    const members = new Map([...s.draft.changes().members.values()].map(({ incidentId, member }) => [member.fingerprint, incidentId]));
    expect(['a', 'b', 'c'].map((fingerprint) => members.get(fingerprint) === old)).toEqual([true, false, false]);
  });

  it('say so in both timelines, and in why they are there', () => {
    const s = three();
    s.at('10:05', split('b'));
    expect(s.timeline('a').at(-1)).toBe('split');
    expect(s.timeline('b')).toEqual(['split']);
    const why = [...s.draft.changes().members.values()].find(({ member }) => member.fingerprint === 'b')?.joinedBecause;
    expect(why?.map(({ kind }) => kind)).toEqual(['person']);
  });

  /** Two alerts on one node, each routed to a receiver of its own and one to both, told at 10:00:10. */
  const routed = (given: Partial<Policy> = {}): Scene => {
    const s = scene(given);
    s.at('10:00', webhook(firing('a', { labels: { node: 'gpu-7', to: 'slack' } })));
    s.at('10:00', webhook(firing('b', { labels: { node: 'gpu-7', alertname: 'DiskFull', to: 'console' } })));
    s.deliver('10:00:10');
    expect(s.incidentOf('b')).toMatchObject({ id: s.incidentOf('a').id, receivers: ['console', 'slack'] });
    return s;
  };
  const labelsOf = (to: string) => new Map([['b', labels({ node: 'gpu-7', alertname: 'DiskFull', to })]]);
  const splitKnowing = (known: ReadonlyMap<string, Labels>) => action({ action: 'split', labels: known }, 'a', { fingerprints: ['b'] });

  it('are told of to the receivers alone that they are routed to', () => {
    const s = routed();
    s.at('10:05', splitKnowing(labelsOf('console')));
    expect(s.incidentOf('b')).toMatchObject({ receivers: ['console'], deliveryIds: [`${s.incidentOf('b').id}~console`] });
    expect(s.deliver('10:05:10').map(({ deliveryId, kind }) => [deliveryId, kind])).toContainEqual([`${s.incidentOf('b').id}~console`, 'trigger']);
    expect(s.incidentOf('a').receivers).toEqual(['console', 'slack']);
  });

  it('are routed by the labels of the very last webhook, and by those of before where there was none', () => {
    const s = routed();
    s.at('10:04', webhook(resolved('b', { labels: { node: 'gpu-7', alertname: 'DiskFull' } })));
    s.at('10:05', splitKnowing(labelsOf('quiet')));
    expect(s.incidentOf('b').receivers).toEqual(['console']);
    const stored = new EngineState();
    const first = routed();
    stored.apply(first.draft.changes());
    const later = scene({}, stored);
    later.at('10:05', splitKnowing(labelsOf('quiet')));
    expect(later.incidentOf('b').receivers).toEqual(['quiet']);
  });

  it('go to all former receivers where their labels are not known, or not whole, or cannot be routed', () => {
    const stored = () => {
      const state = new EngineState();
      state.apply(routed().draft.changes());
      return state;
    };
    const unknown = scene({}, stored());
    unknown.at('10:05', splitKnowing(new Map()));
    const redacted = scene({ redaction: redaction(['customer']) }, stored());
    redacted.at('10:05', splitKnowing(labelsOf('console')));
    const broken = scene(
      {
        route: () => {
          throw new Error('broken');
        },
      },
      stored(),
    );
    broken.at('10:05', splitKnowing(labelsOf('console')));
    for (const s of [unknown, redacted, broken]) expect(s.incidentOf('b').receivers).toEqual(['console', 'slack']);
  });

  it('are told as a new incident to the same receivers', () => {
    const s = three();
    s.at('10:05', split('b'));
    expect(s.delivery('b')).toMatchObject({ sentStatus: null, receivers: ['slack'], due: { at: at('10:05:10'), kind: 'trigger' } });
  });

  it('are not joined with it again by what they have in common, when they fire again', () => {
    const s = three();
    s.at('10:05', split('b'));
    const own = s.incidentOf('b').id;
    s.at('10:10', webhook(resolved('b', { labels: { node: 'gpu-7', alertname: 'DiskFull' } })));
    s.at('10:40', webhook(firing('b', { labels: { node: 'gpu-7', alertname: 'DiskFull', severity: 'warning' }, startsAt: '10:40' })));
    expect(s.incidentOf('b').id).not.toBe(s.incidentOf('a').id);
    expect([own, s.incidentOf('b').id]).toContain(s.incidentOf('b').id);
  });

  it('are joined with it again when a person merges them', () => {
    const s = three();
    const old = s.incidentOf('a').id;
    s.at('10:05', split('b'));
    expect(s.at('10:06', action({ action: 'merge', into: old }, 'b'))).toEqual({ ok: true, incidentId: old });
    expect(s.incidentOf('b')).toMatchObject({ id: old, alertCount: 3, firingCount: 3, apartFrom: [] });
  });

  it('that have all ended are an incident that is over, of which nobody is told', () => {
    const s = three();
    s.at('10:30', webhook(resolved('b', { labels: { node: 'gpu-7', alertname: 'DiskFull' } })));
    s.at('10:31', split('b'));
    expect(s.incidentOf('b')).toMatchObject({ status: 'resolved', firingCount: 0 });
    expect(s.delivery('b').due).toBe(null);
  });

  it('leave an incident that is over when nothing fires there any more', () => {
    const s = three();
    for (const [f, alertname] of [
      ['b', 'DiskFull'],
      ['c', 'FanBroken'],
    ] as const)
      s.at('10:30', webhook(resolved(f, { labels: { node: 'gpu-7', alertname } })));
    s.at('10:31', split('a'));
    expect(s.incidentOf('b')).toMatchObject({ status: 'resolved', resolution: 'alerts', alertCount: 2 });
    expect(s.incidentOf('a')).toMatchObject({ status: 'open', alertCount: 1 });
  });

  it.each([
    ['all of them', ['a', 'b', 'c']],
    ['one that is not in it', ['b', 'x']],
  ])('cannot be %s', (_, fingerprints) => {
    const s = three();
    expect(s.at('10:05', split(...fingerprints))).toMatchObject({ ok: false, code: 'not-possible' });
    expect(s.incidentOf('b').id).toBe(s.incidentOf('a').id);
  });

  it('change nothing in the ledger', () => {
    const s = three();
    const before = s.ledger();
    s.at('10:05', split('b'));
    s.deliver('10:06');
    expect(s.ledger()).toEqual(before);
  });
});
