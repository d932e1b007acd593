import { describe, expect, it } from 'vitest';
import { EngineState } from '../../../src/correlate/state.ts';
import { MINUTE } from '../../../src/model/time.ts';
import { timersOf } from '../../../src/shard/timers-of.ts';
import { action, at, firing, policy, resolved, scene, webhook } from './scenario.ts';

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
    expect(s.incidentOf('a')).toMatchObject({ status: 'open', snoozedUntil: at('11:05') });
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
    expect(s.incidentOf('a').snoozedUntil).toBe(null);
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

  it('gets another end when it is asked for again, and the first one passes by', () => {
    const s = snoozed();
    s.at('10:30', action(until('12:00'), 'a'));
    s.fire('11:05', 'snooze', s.incidentOf('a').id);
    expect(s.incidentOf('a').snoozedUntil).toBe(at('12:00'));
  });

  it('is over when the incident reopens', () => {
    const s = snoozed();
    s.at('10:30', webhook(resolved('a')));
    s.at('10:35', webhook(firing('a', { startsAt: '10:34' })));
    expect(s.incidentOf('a')).toMatchObject({ status: 'open', snoozedUntil: null });
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
