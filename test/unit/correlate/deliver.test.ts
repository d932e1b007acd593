import { describe, expect, it } from 'vitest';
import { at, CONSOLE, firing, resolved, SLACK, scene, webhook } from './scenario.ts';

const opened = (to = 'slack') => {
  const s = scene();
  s.at('10:00', webhook(firing('a', { labels: { to } })));
  return s;
};
const failed = { outcome: 'failed', error: 'channel_not_found' } as const;

describe('a message that is due', () => {
  it('is handed over with the version that it will show, under its own number', () => {
    const s = opened();
    expect(s.handOver('10:00:09')).toEqual([]);
    expect(s.handOver('10:00:10')).toEqual([{ deliveryId: s.delivery('a').id, seq: 1, kind: 'trigger', at: at('10:00:10') }]);
    expect(s.delivery('a')).toMatchObject({ seq: 1, due: null, inFlight: { seq: 1, kind: 'trigger', version: 1, at: at('10:00:10') } });
    expect(s.ledger()).toEqual({ received: 1, pending: 1 });
  });

  it('is handed over once, though its timer fires twice', () => {
    const s = opened();
    s.handOver('10:00:10');
    s.fire('10:00:11', 'deliver', s.delivery('a').id);
    expect(s.draft.effects).toHaveLength(1);
  });

  it('is not handed over by a timer that came before it was put off', () => {
    const s = opened();
    s.fire('10:00:09', 'deliver', s.delivery('a').id);
    expect(s.draft.effects).toEqual([]);
  });

  it('is one edit for all that changed meanwhile', () => {
    const s = opened();
    s.deliver('10:00:10');
    for (const name of ['b', 'c', 'd']) s.at('10:01', webhook(firing(name, { labels: { node: 'a' } })));
    expect(s.handOver('10:05:10').map((effect) => effect.kind)).toEqual(['update']);
  });
});

describe('a message that was sent', () => {
  it('is what the destination was told, and its reference is kept for the edits', () => {
    const s = opened();
    s.deliver('10:00:10', { reference: { channel: 'C1', ts: '1.2' } });
    expect(s.delivery('a')).toMatchObject({
      inFlight: null,
      sentVersion: 1,
      sentStatus: 'open',
      sentAt: at('10:00:10'),
      alertedAt: at('10:00:10'),
      reference: { channel: 'C1', ts: '1.2' },
      due: { at: at('14:00:10'), kind: 'reminder' },
    });
    expect(s.ledger()).toEqual({ received: 1, notified: 1 });
    expect(s.draft.changes().timeline.at(-1)?.entry).toMatchObject({ kind: 'told', summary: 'trigger sent to slack (slack/#ml/1)' });
  });

  it('draws attention, unless it was an edit', () => {
    const s = opened('slack,console');
    s.deliver('10:00:10');
    s.at('10:01', webhook(firing('b', { labels: { node: 'a' } })));
    s.deliver('10:05:10');
    expect(s.delivery('a', SLACK)).toMatchObject({ sentAt: at('10:05:10'), alertedAt: at('10:00:10') });
    expect(s.delivery('a', CONSOLE)).toMatchObject({ sentAt: at('10:05:10'), alertedAt: at('10:05:10') });
  });

  it('showed an older version, so the news since then come later', () => {
    const s = opened();
    const [trigger] = s.handOver('10:00:10');
    if (trigger === undefined) throw new Error('nothing was handed over');
    s.at('10:00:11', webhook(firing('b', { labels: { node: 'a' } })));
    s.report('10:00:12', trigger, { version: 1 });
    expect(s.delivery('a').due).toEqual({ at: at('10:05:10'), kind: 'update' });
    expect(s.ledger()).toEqual({ received: 2, notified: 1, pending: 1 });
  });

  it('showed the end already, so nothing more is owed', () => {
    const s = opened();
    const [trigger] = s.handOver('10:00:10');
    if (trigger === undefined) throw new Error('nothing was handed over');
    s.at('10:00:11', webhook(resolved('a')));
    s.report('10:00:12', trigger);
    expect(s.delivery('a')).toMatchObject({ sentStatus: 'resolved', due: null });
    expect(s.ledger()).toEqual({ received: 2, notified: 2 });
  });

  it('tells of news that was not heard and of the end at once', () => {
    const s = opened();
    s.deliver('10:00:10');
    s.at('10:01', webhook(firing('b', { labels: { node: 'a' } })));
    s.at('10:02', webhook(resolved('a', { endsAt: '10:02' }), resolved('b', { labels: { node: 'a' }, endsAt: '10:02' })));
    expect(s.deliver('10:02').map(({ kind }) => kind)).toEqual(['update']);
    expect(s.delivery('a')).toMatchObject({ sentStatus: 'resolved', due: null });
    expect(s.ledger()).toEqual({ received: 4, notified: 4 });
  });

  it('leaves nothing pending that nobody will be told of any more', () => {
    const s = opened('console');
    s.deliver('10:00:10');
    s.at('10:05:10', webhook(resolved('a', { endsAt: '10:05' })));
    const [resolve] = s.handOver('10:05:10');
    if (resolve === undefined) throw new Error('nothing was handed over');
    s.at('10:05:11', webhook(firing('a', { startsAt: '10:05:05' }), resolved('a', { startsAt: '10:05:05', endsAt: '10:05:10' })));
    expect(s.alert('a').membership?.occurrences).toBe(2);
    s.report('10:05:12', resolve, { version: 2, status: 'resolved' });
    expect(s.delivery('a', CONSOLE).due).toBe(null);
    expect(s.ledger()).toEqual({ received: 4, notified: 4 });
  });

  it('is reported twice, and counts once', () => {
    const s = opened();
    const [trigger] = s.deliver('10:00:10');
    if (trigger === undefined) throw new Error('nothing was handed over');
    const before = s.delivery('a');
    s.report('10:00:20', trigger, { reference: { ts: '9.9' } });
    expect(s.delivery('a')).toBe(before);
  });
});

describe('a message that was given up on', () => {
  it('leaves its alerts failed, with the error in the timeline, and is not tried again by itself', () => {
    const s = opened();
    s.deliver('10:00:10', failed);
    expect(s.delivery('a')).toMatchObject({ failedVersion: 1, lastError: 'channel_not_found', due: null, sentStatus: null });
    expect(s.ledger()).toEqual({ received: 1, failed: 1 });
    expect(s.incidentOf('a').failedAlerts).toBe(1);
    expect(s.draft.changes().timeline.at(-1)?.entry).toMatchObject({
      kind: 'not-told',
      summary: 'trigger to slack (slack/#ml/1) was given up on',
      evidence: [{ kind: 'delivery-error', summary: 'channel_not_found' }],
    });
  });

  it('is no loss when another destination was told', () => {
    const s = opened('slack,console');
    const effects = s.handOver('10:00:10');
    for (const effect of effects) s.report('10:00:11', effect, effect.deliveryId.endsWith('console') ? {} : failed);
    expect(s.ledger()).toEqual({ received: 1, notified: 1 });
  });

  it('is made up for by the next message, which tells of its alerts too', () => {
    const s = opened();
    s.deliver('10:00:10', failed);
    s.at('10:02', webhook(firing('b', { labels: { node: 'a' } })));
    expect(s.delivery('a').due).toEqual({ at: at('10:02'), kind: 'trigger' });
    s.deliver('10:02');
    expect(s.ledger()).toEqual({ received: 2, notified: 2 });
    expect(s.incidentOf('a').failedAlerts).toBe(0);
  });
});

describe('trying again on request', () => {
  const again = (deliveryId: string) => ({ kind: 'retry', receivedAt: at('11:00'), deliveryId, by: 'ada' }) as const;

  it('makes the alerts pending and sends at once', () => {
    const s = opened();
    s.deliver('10:00:10', failed);
    expect(s.at('11:00', again(s.delivery('a').id))).toEqual({ ok: true, incidentId: s.incidentOf('a').id });
    expect(s.ledger()).toEqual({ received: 1, pending: 1 });
    expect(s.delivery('a').due).toEqual({ at: at('11:00'), kind: 'trigger' });
    s.deliver('11:00');
    expect(s.ledger()).toEqual({ received: 1, notified: 1 });
    expect(s.timeline('a')).toEqual(['opened', 'not-told', 'retried', 'told']);
  });

  it('tells nobody again who was told', () => {
    const s = opened('slack,console');
    const effects = s.handOver('10:00:10');
    for (const effect of effects) s.report('10:00:11', effect, effect.deliveryId.endsWith('console') ? {} : failed);
    s.at('11:00', again(s.delivery('a', SLACK).id));
    expect(s.delivery('a', SLACK).due).toEqual({ at: at('11:00'), kind: 'trigger' });
    expect(s.delivery('a', CONSOLE).due?.kind).toBe('reminder');
  });

  it('is refused where nothing failed and where nothing is known', () => {
    const s = opened();
    expect(s.at('11:00', again(s.delivery('a').id))).toMatchObject({ ok: false, code: 'not-failed' });
    expect(s.at('11:00', again('01UNKNOWN~console'))).toMatchObject({ ok: false, code: 'not-found' });
  });
});
