import { describe, expect, it } from 'vitest';
import { merge } from '../../../src/correlate/merge.ts';
import { action, at, CONSOLE, firing, resolved, type Scene, SLACK, scene, webhook } from './scenario.ts';

const WHY = { evidence: [{ kind: 'bridge', summary: 'belongs to both' }] };

/** Two incidents, a since 10:00 and b since 10:05, each on a node of its own, told to whom their alerts say. */
function two(toA = 'slack', toB = 'slack'): Scene {
  const s = scene();
  s.at('10:00', webhook(firing('a', { labels: { to: toA } })));
  s.at('10:05', webhook(firing('b', { labels: { to: toB }, startsAt: '10:05' })));
  expect(s.incidentOf('a').id).not.toBe(s.incidentOf('b').id);
  return s;
}

function merged(s: Scene, time: string): void {
  const [older, younger] = [s.incidentOf('a'), s.incidentOf('b')];
  s.draft.clock = at(time);
  merge(s.draft, older, younger, WHY, at(time));
  // The event after it reckons what is owed.
  s.at(time, webhook());
}

describe('two incidents that are merged', () => {
  it('are the older one, with the alerts, parts and severity of both', () => {
    const s = two();
    const younger = s.incidentOf('b').id;
    merged(s, '10:06');
    expect(s.incidentOf('b').id).toBe(s.incidentOf('a').id);
    expect(s.incidentOf('a')).toMatchObject({ status: 'open', alertCount: 2, firingCount: 2, parts: [{ entity: 'node/a' }, { entity: 'node/b' }] });
    expect(s.draft.incident(younger)).toMatchObject({
      status: 'resolved',
      resolution: 'merged',
      mergedInto: s.incidentOf('a').id,
      alertCount: 0,
      firingCount: 0,
    });
  });

  it('say so in the timelines of both, with the evidence', () => {
    const s = two();
    const younger = s.incidentOf('b').id;
    merged(s, '10:06');
    const said = s.draft.changes().timeline.filter(({ entry }) => entry.kind === 'merged');
    expect(said.map(({ incidentId, entry }) => [incidentId, entry.evidence])).toEqual([
      [s.incidentOf('a').id, WHY.evidence],
      [younger, WHY.evidence],
    ]);
  });

  it('take the alert that opened the younger one over with the reason of the merge', () => {
    const s = two();
    const younger = s.incidentOf('b').id;
    merged(s, '10:06');
    expect(s.draft.changes().moves).toEqual([{ from: younger, to: s.incidentOf('a').id, fingerprint: 'b', played: false, because: WHY.evidence }]);
  });

  it('go on until the last alert of either ends', () => {
    const s = two();
    merged(s, '10:06');
    s.at('10:10', webhook(resolved('a', { endsAt: '10:10' })));
    expect(s.incidentOf('a').status).toBe('open');
    s.at('10:20', webhook(resolved('b', { startsAt: '10:05', endsAt: '10:20' })));
    expect(s.incidentOf('a')).toMatchObject({ status: 'resolved', resolution: 'alerts' });
  });

  it('are acknowledged only when both were', () => {
    const both = two();
    both.at('10:06', action('acknowledge', 'a'));
    both.at('10:06', action('acknowledge', 'b'));
    merged(both, '10:07');
    expect(both.incidentOf('a').status).toBe('acknowledged');
    const one = two();
    one.at('10:06', action('acknowledge', 'a'));
    merged(one, '10:07');
    expect(one.incidentOf('a')).toMatchObject({ status: 'open', acknowledgedAt: null, acknowledgedBy: null });
  });
});

describe('who was told', () => {
  it('of both has the younger message closed at once and hears the rest in the older one', () => {
    const s = two();
    s.deliver('10:05:30');
    const younger = s.incidentOf('b').id;
    merged(s, '10:06');
    const told = s.deliver('10:12');
    expect(told.map(({ deliveryId, kind }) => [deliveryId, kind])).toEqual([
      [`${s.incidentOf('a').id}~${SLACK.id}`, 'update'],
      [`${younger}~${SLACK.id}`, 'resolve'],
    ]);
    expect(s.ledger()).toEqual({ received: 2, notified: 2 });
  });

  it('of the younger alone keeps its message, which goes on about the older', () => {
    const s = two('slack', 'console');
    s.deliver('10:05:30');
    merged(s, '10:06');
    expect(s.delivery('a', CONSOLE)).toMatchObject({ sentStatus: 'open', sentVersion: 0, due: { kind: 'update' } });
    expect(s.deliver('10:12').map(({ deliveryId, kind }) => [deliveryId.slice(27), kind])).toEqual([
      [SLACK.id, 'update'],
      [CONSOLE.id, 'update'],
    ]);
    expect(s.incidentOf('a').receivers).toEqual(['console', 'slack']);
  });

  it('of neither yet hears of them once', () => {
    const s = scene();
    s.at('10:00', webhook(firing('a')));
    s.at('10:00:05', webhook(firing('b')));
    merged(s, '10:00:06');
    expect(s.deliver('10:01').map(({ kind }) => kind)).toEqual(['trigger']);
    expect(s.ledger()).toEqual({ received: 2, notified: 2 });
  });

  it('while the message of the younger is under way is told that it is closed, and gets a message of the older', () => {
    const s = two('slack', 'console');
    s.deliver('10:00:20');
    const [effect] = s.handOver('10:05:30').filter(({ deliveryId }) => deliveryId.endsWith(CONSOLE.id));
    merged(s, '10:06');
    if (effect === undefined) throw new Error('nothing was handed over');
    s.report('10:06:01', effect, { status: 'open', version: 1 });
    const told = s.deliver('10:12').filter(({ deliveryId }) => deliveryId.endsWith(CONSOLE.id));
    expect(told.map(({ kind }) => kind).sort()).toEqual(['resolve', 'trigger']);
  });
});

it('an alert that comes back from the younger one is one entry where it was before', () => {
  const s = two();
  s.at('10:06', webhook(resolved('b', { startsAt: '10:05', endsAt: '10:06' })));
  merged(s, '10:06');
  s.at('10:06:20', webhook(firing('b', { startsAt: '10:06:20' })));
  expect(s.incidentOf('b').id).toBe(s.incidentOf('a').id);
});

it('an alert that was in the older one before keeps the reason that it has there', () => {
  const s = two();
  const [older, younger] = [s.incidentOf('a').id, s.incidentOf('b').id];
  const alert = s.draft.alert('b');
  if (alert?.membership === null || alert === undefined) throw new Error('b is in no incident');
  const past = [{ incidentId: older, startsAt: alert.startsAt, occurrences: 2 }];
  s.draft.setAlert({ ...alert, past });
  s.draft.setMember(older, { ...memberIn(s, younger), occurrences: 2 }, [{ kind: 'topology', summary: 'was there before' }]);
  merged(s, '10:06');
  expect(s.draft.changes().moves).toMatchObject([{ from: younger, to: older, played: true }]);
  expect(s.draft.changes().members.get(`${older}/b`)).toMatchObject({ member: { occurrences: 3 }, joinedBecause: [{ summary: 'was there before' }] });
});

function memberIn(s: Scene, incidentId: string) {
  const change = s.draft.changes().members.get(`${incidentId}/b`);
  if (change === undefined) throw new Error('b has no record there');
  return change.member;
}
