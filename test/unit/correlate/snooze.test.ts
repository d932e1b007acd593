import { describe, expect, it } from 'vitest';
import { EngineState } from '../../../src/correlate/state.ts';
import type { Destination } from '../../../src/model/delivery.ts';
import { MINUTE } from '../../../src/model/time.ts';
import { timersOf } from '../../../src/shard/timers-of.ts';
import { action, at, CONSOLE, firing, policy, resolved, SLACK, scene, webhook } from './scenario.ts';

const until = (time: string) => ({ action: 'snooze', until: at(time) }) as const;

/** An incident on a node since 10:00 that was told at 10:00:10 and snoozed at 10:05 until 11:05. */
function snoozed() {
  const s = scene();
  s.at('10:00', webhook(firing('a', { labels: { severity: 'warning' } })));
  s.deliver('10:00:10');
  s.at('10:05', action(until('11:05'), 'a'));
  return s;
}

describe('a snooze', () => {
  it('says until when and by whom', () => {
    const s = snoozed();
    expect(s.incidentOf('a')).toMatchObject({ status: 'open', snoozedUntil: at('11:05'), snoozedBy: 'ada' });
    expect(s.draft.changes().timeline.at(-1)?.entry).toMatchObject({ kind: 'snoozed', summary: 'snoozed by ada until 2026-03-01T11:05:00Z', by: 'ada' });
    expect(s.dueOf('snooze', s.incidentOf('a').id)).toBe(at('11:05'));
  });

  it('is shown by an edit, and then nothing is told: no reminder, no news', () => {
    const s = snoozed();
    expect(s.delivery('a').due).toEqual({ at: at('10:05'), kind: 'update' });
    s.deliver('10:05');
    expect(s.delivery('a').due).toBe(null);
    s.at('10:20', webhook(firing('b', { labels: { node: 'a', alertname: 'DiskFull', severity: 'warning' }, startsAt: '10:20' })));
    expect(s.incidentOf('b').id).toBe(s.incidentOf('a').id);
    expect(s.delivery('a').due).toBe(null);
  });

  it('does not hold back a rise to critical', () => {
    const s = snoozed();
    s.deliver('10:05');
    s.at('10:20', webhook(firing('b', { labels: { node: 'a', alertname: 'DiskFull', severity: 'critical' }, startsAt: '10:20' })));
    expect(s.delivery('a').due).toEqual({ at: at('10:20'), kind: 'update' });
  });

  it('does not hold back a critical alert that the first cause does not explain', () => {
    const s = scene();
    s.at('10:00', webhook(firing('a')));
    s.deliver('10:00:10');
    s.at('10:05', action(until('11:05'), 'a'));
    s.deliver('10:05');
    s.at('10:10', webhook(firing('b', { labels: { node: 'a', alertname: 'DiskFull' }, startsAt: '10:10' })));
    expect(s.delivery('a').due).toBe(null);
  });

  it('that is over tells again at once what fires still', () => {
    const s = snoozed();
    s.deliver('10:05');
    s.fire('11:05', 'snooze', s.incidentOf('a').id);
    expect(s.incidentOf('a')).toMatchObject({ snoozedUntil: null, snoozedBy: null });
    expect(s.delivery('a').due).toEqual({ at: at('11:05'), kind: 'update' });
    expect(s.timeline('a').at(-1)).toBe('snooze-over');
  });

  it('that is over tells nothing of what has ended, and its end was told', () => {
    const s = snoozed();
    s.deliver('10:05');
    s.at('10:30', webhook(resolved('a')));
    expect(s.delivery('a').due?.kind).toBe('resolve');
    s.deliver('10:40');
    s.fire('11:05', 'snooze', s.incidentOf('a').id);
    expect(s.incidentOf('a').snoozedUntil).toBe(null);
    expect(s.delivery('a').due).toBe(null);
  });

  it('lets the end be told once, as an edit or as a new message, with what joined meanwhile', () => {
    const s = scene();
    const labels = { severity: 'warning', to: 'slack,console' };
    s.at('10:00', webhook(firing('a', { labels })));
    s.deliver('10:00:10');
    s.at('10:05', action(until('11:05'), 'a'));
    s.deliver('10:05');
    s.at('10:20', webhook(firing('b', { labels: { ...labels, node: 'a', alertname: 'DiskFull' }, startsAt: '10:20' })));
    expect(s.deliver('10:29')).toEqual([]);
    const alerted = s.delivery('a').alertedAt;
    s.at('10:30', webhook(resolved('a'), resolved('b', { labels: { ...labels, node: 'a', alertname: 'DiskFull' }, startsAt: '10:20' })));
    expect(s.deliver('10:40').map(({ deliveryId, kind }) => [deliveryId.slice(27), kind])).toEqual([
      [SLACK.id, 'update'],
      [CONSOLE.id, 'update'],
    ]);
    expect([s.delivery('a').alertedAt, s.delivery('a').sentStatus, s.delivery('a', CONSOLE).sentStatus]).toEqual([alerted, 'resolved', 'resolved']);
    s.fire('11:05', 'snooze', s.incidentOf('a').id);
    expect(s.deliver('+1d 10:00')).toEqual([]);
  });

  it('does not keep PagerDuty from hearing that somebody has it in hand', () => {
    const pager: Destination = { id: 'pagerduty/1', integration: 'pagerduty', edits: false, sendResolved: true, digests: false };
    const s = scene({ destinations: new Map([['slack', [pager]]]) });
    s.at('10:00', webhook(firing('a')));
    s.deliver('10:00:10');
    s.at('10:05', action(until('11:05'), 'a'));
    expect(s.delivery('a', pager).due).toBe(null);
    s.at('10:06', action('acknowledge', 'a'));
    expect(s.delivery('a', pager).due).toEqual({ at: at('10:06'), kind: 'update' });
  });

  it('of two incidents that are merged is the one that ends first, when both are snoozed', () => {
    const s = snoozed();
    s.at('10:06', webhook(firing('b', { labels: { alertname: 'Slow', model: 'm', node: '' }, startsAt: '10:06' })));
    expect(s.incidentOf('b').id).not.toBe(s.incidentOf('a').id);
    s.at('10:07', action(until('10:50'), 'b', { by: 'bob' }));
    s.at('10:08', action({ action: 'merge', into: s.incidentOf('a').id }, 'b'));
    expect(s.incidentOf('a')).toMatchObject({ snoozedUntil: at('10:50'), snoozedBy: 'bob' });
  });

  it('gets another end when it is asked for again, and the first one passes by', () => {
    const s = snoozed();
    s.at('10:30', action(until('12:00'), 'a', { by: 'bob' }));
    s.fire('11:05', 'snooze', s.incidentOf('a').id);
    expect(s.incidentOf('a')).toMatchObject({ snoozedUntil: at('12:00'), snoozedBy: 'bob' });
  });

  it('is over when the incident reopens', () => {
    const s = snoozed();
    s.at('10:30', webhook(resolved('a')));
    s.at('10:35', webhook(firing('a', { startsAt: '10:34' })));
    expect(s.incidentOf('a')).toMatchObject({ status: 'open', snoozedUntil: null, snoozedBy: null });
  });

  it('of what is resolved is refused', () => {
    const s = scene();
    s.at('10:00', webhook(firing('a')));
    s.at('10:30', webhook(resolved('a')));
    expect(s.at('10:31', action(until('11:00'), 'a'))).toMatchObject({ ok: false, code: 'already-resolved' });
  });

  it('is remembered over a restart', () => {
    const state = new EngineState();
    state.apply(snoozed().draft.changes());
    const timers = timersOf(state, policy());
    const due = [];
    for (let timer = timers.takeDue(at('11:05') + MINUTE); timer !== undefined; timer = timers.takeDue(at('11:05') + MINUTE)) due.push([timer.kind, timer.due]);
    expect(due).toContainEqual(['snooze', at('11:05')]);
  });
});
