import { describe, expect, it } from 'vitest';
import { action, at, firing, resolved, scene, webhook } from './scenario.ts';

const open = () => {
  const s = scene();
  s.at('10:00', webhook(firing('a')));
  s.deliver('10:00:10');
  return s;
};

describe('acknowledging', () => {
  it('says who and when, and stops reminders', () => {
    const s = open();
    expect(s.delivery('a').due?.kind).toBe('reminder');
    expect(s.at('10:05', action('acknowledge', 'a', { comment: 'looking' }))).toEqual({ ok: true, incidentId: s.incidentOf('a').id });
    expect(s.incidentOf('a')).toMatchObject({ status: 'acknowledged', acknowledgedAt: at('10:05'), acknowledgedBy: 'ada' });
    expect(s.draft.changes().timeline.at(-1)?.entry).toEqual({
      at: at('10:05'),
      kind: 'acknowledged',
      summary: 'acknowledged by ada',
      by: 'ada',
      evidence: [{ kind: 'comment', summary: 'looking' }],
    });
    s.deliver('10:05:10');
    expect(s.delivery('a').due).toBe(null);
  });

  it('again changes nothing and is no error', () => {
    const s = open();
    s.at('10:05', action('acknowledge', 'a'));
    const before = s.incidentOf('a');
    expect(s.at('10:06', action('acknowledge', 'a', { by: 'bob' }))).toMatchObject({ ok: true });
    expect(s.incidentOf('a')).toBe(before);
  });

  it('what is resolved is refused', () => {
    const s = open();
    s.at('10:30', webhook(resolved('a')));
    expect(s.at('10:31', action('acknowledge', 'a'))).toMatchObject({ ok: false, code: 'already-resolved' });
  });

  it('is over when the incident reopens', () => {
    const s = open();
    s.at('10:05', action('acknowledge', 'a'));
    s.at('10:30', webhook(resolved('a')));
    s.at('10:35', webhook(firing('a', { startsAt: '10:34' })));
    expect(s.incidentOf('a')).toMatchObject({ status: 'open', acknowledgedAt: null, acknowledgedBy: null });
  });
});

describe('resolving', () => {
  it('ends the incident while alerts fire, and is told', () => {
    const s = open();
    s.at('10:20', action('resolve', 'a'));
    expect(s.incidentOf('a')).toMatchObject({ status: 'resolved', resolution: 'person', resolvedBy: 'ada', resolvedAt: at('10:20'), firingCount: 1 });
    expect(s.delivery('a').due).toEqual({ at: at('10:20'), kind: 'resolve' });
    expect(s.timeline('a').at(-1)).toBe('resolved');
  });

  it('again changes nothing and is no error', () => {
    const s = open();
    s.at('10:20', action('resolve', 'a'));
    const before = s.incidentOf('a');
    expect(s.at('10:21', action('resolve', 'a', { by: 'bob' }))).toMatchObject({ ok: true });
    expect(s.incidentOf('a')).toBe(before);
  });

  it('stays with the person when the alerts end later', () => {
    const s = open();
    s.at('10:20', action('resolve', 'a'));
    s.at('10:30', webhook(resolved('a')));
    expect(s.incidentOf('a')).toMatchObject({ resolution: 'person', resolvedAt: at('10:20'), firingCount: 0 });
  });
});

describe('the incident is found', () => {
  it('by its id, before any fingerprint', () => {
    const s = open();
    s.at('10:01', webhook(firing('b')));
    expect(s.at('10:05', action('resolve', 'b', { incidentId: s.incidentOf('a').id }))).toMatchObject({ ok: true, incidentId: s.incidentOf('a').id });
  });

  it('by the first fingerprint that has one, where the id does not exist', () => {
    const s = open();
    expect(s.at('10:05', action('resolve', 'a', { incidentId: '01UNKNOWN', fingerprints: ['x', 'a'] }))).toMatchObject({
      ok: true,
      incidentId: s.incidentOf('a').id,
    });
  });

  it('or is not, and that is said', () => {
    expect(open().at('10:05', action('resolve', 'x'))).toMatchObject({ ok: false, code: 'not-found' });
  });
});
