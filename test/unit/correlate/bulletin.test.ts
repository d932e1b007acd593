import { describe, expect, it } from 'vitest';
import { DEFAULT_SUPPRESSION } from '../../../src/config/suppression-section.ts';
import type { DeliveryReported } from '../../../src/correlate/event.ts';
import type { Policy, SuppressionRule } from '../../../src/correlate/policy.ts';
import { EngineState } from '../../../src/correlate/state.ts';
import type { Bulletin } from '../../../src/model/bulletin.ts';
import { HOUR } from '../../../src/model/time.ts';
import { CHANNEL, digest, entry, PAGER, storm, TERMINAL } from './bulletins.ts';
import { at, firing, resolved, routesTo, type Scene, scene, webhook } from './scenario.ts';

const RULE: SuppressionRule = {
  name: 'nightly',
  matches: (of) => of.get('nightly') === 'yes',
  source: 'nightly="yes"',
  action: 'digest',
  for: null,
  isActive: () => true,
  expires: null,
  comment: '',
  when: null,
  unless: null,
};

const POLICY: Partial<Policy> = {
  route: (of) => routesTo(of.get('to') ?? 'slack'),
  destinations: new Map([
    ['slack', [CHANNEL]],
    ['both', [CHANNEL, PAGER]],
    ['console', [TERMINAL]],
    ['pager', [PAGER]],
  ]),
  suppression: { ...DEFAULT_SUPPRESSION, rules: [RULE], storm: { ...DEFAULT_SUPPRESSION.storm, onsets: 3 }, digestInterval: HOUR },
};

const DIGEST = 'digest~slack/#ml/1';
const STORM = 'storm~slack/#ml/1';

/** A scene whose bulletins can be looked at and reported. */
function bulletins(state?: EngineState, given: Partial<Policy> = {}) {
  const played = scene({ ...POLICY, ...given }, state);
  return {
    ...played,
    bulletin: (id: string): Bulletin => played.draft.bulletin(id) ?? digest({ id }),
    /** The bulletins that were handed over so far. */
    handedOver: () => played.draft.effects.filter(({ kind }) => kind === 'digest').map(({ deliveryId, seq, at: when }) => [deliveryId, seq, when]),
    report(time: string, deliveryId: string, seq: number, outcome: Partial<DeliveryReported> = {}) {
      const reference = { channel: 'C1', ts: '1.0' };
      played.at(time, { kind: 'delivery', receivedAt: 0, deliveryId, seq, outcome: 'sent', version: 0, status: 'open', reference, error: null, ...outcome });
    },
  };
}

/** The state with these bulletins. */
function stateOf(...given: readonly Bulletin[]): EngineState {
  const state = new EngineState();
  for (const bulletin of given) state.bulletins.set(bulletin.id, bulletin);
  return state;
}

const nightly = { labels: { severity: 'warning', nightly: 'yes', to: 'both' } };
const FAILED = { outcome: 'failed', reference: {}, error: 'channel_not_found' } as const;

describe('a digest', () => {
  const held = () => {
    const played = bulletins();
    played.at('10:00', webhook(firing('a', nightly)));
    played.at('10:05', webhook(resolved('a', { ...nightly, endsAt: '10:05' })));
    return played;
  };

  it('names what was held back and ended, where a digest can be carried', () => {
    const played = held();
    expect(played.bulletin(DIGEST)).toMatchObject({ due: at('11:05'), receivers: ['both'], entries: [{ fingerprint: 'a', reason: 'rule', count: 1 }] });
    expect([...played.draft.changes().bulletins.keys()]).toEqual([DIGEST]);
    expect(played.dueOf('bulletin', DIGEST)).toBe(at('11:05'));
  });

  it('is handed over when it is due, once, and is a new message each time', () => {
    const played = held();
    played.fire('11:04', 'bulletin', DIGEST);
    played.fire('11:05', 'bulletin', DIGEST);
    played.fire('11:06', 'bulletin', DIGEST);
    expect(played.handedOver()).toEqual([[DIGEST, 1, at('11:05')]]);
    played.report('11:06', DIGEST, 1);
    expect(played.bulletin(DIGEST)).toMatchObject({ inFlight: null, entries: [], due: null, reference: {}, sentAt: at('11:06') });
  });

  it('that could not be sent is said with what came meanwhile', () => {
    const played = bulletins(
      stateOf(digest({ seq: 1, inFlight: { seq: 1, at: at('10:00'), entries: [entry({ count: 3 })], more: 1, over: false, reference: {} } })),
    );
    played.at('10:10', webhook(firing('b', nightly)));
    played.at('10:15', webhook(resolved('b', { ...nightly, endsAt: '10:15' })));
    played.report('10:20', DIGEST, 1, FAILED);
    expect(played.bulletin(DIGEST)).toMatchObject({
      inFlight: null,
      entries: [{ fingerprint: 'a', count: 3 }, { fingerprint: 'b' }],
      more: 1,
      due: at('11:15'),
      lastError: 'channel_not_found',
    });
  });

  it('is not touched by the report of another one', () => {
    const played = held();
    played.fire('11:05', 'bulletin', DIGEST);
    played.report('11:06', DIGEST, 7);
    expect(played.bulletin(DIGEST).inFlight?.seq).toBe(1);
  });
});

describe('a storm', () => {
  const warning = { labels: { severity: 'warning' } };
  /** Five warnings at 10:00, of which the first three make the storm. */
  const begun = () => {
    const played = bulletins();
    for (const fingerprint of ['a', 'b', 'c', 'd', 'e']) played.at('10:00', webhook(firing(fingerprint, warning)));
    return played;
  };
  const posted = () => {
    const played = begun();
    played.fire('10:01', 'bulletin', STORM);
    played.report('10:01', STORM, 1);
    return played;
  };

  it('names what it holds back, and lets critical alerts through', () => {
    const played = begun();
    played.at('10:00:30', webhook(firing('f')));
    expect(played.bulletin(STORM)).toMatchObject({ due: at('10:01'), unsaid: true, entries: [{ fingerprint: 'd' }, { fingerprint: 'e' }] });
    expect(played.alert('f').hold).toBeNull();
  });

  it('is posted once and changed as it grows', () => {
    const played = posted();
    expect(played.bulletin(STORM)).toMatchObject({ reference: { ts: '1.0' }, entries: [{ fingerprint: 'd' }, { fingerprint: 'e' }], inFlight: null });
    played.at('10:02', webhook(firing('g', warning)));
    played.fire('10:03', 'bulletin', STORM);
    expect(played.handedOver()).toEqual([
      [STORM, 1, at('10:01')],
      [STORM, 2, at('10:03')],
    ]);
    expect(played.bulletin(STORM).inFlight).toMatchObject({ reference: { ts: '1.0' }, over: false, entries: [{}, {}, { fingerprint: 'g' }] });
  });

  it('is changed a last time when it is over, and the next one is told anew', () => {
    const played = posted();
    const over = played.bulletin(STORM).due ?? 0;
    expect(over).toBe(at('10:10') + 1);
    played.fire('10:11', 'bulletin', STORM);
    expect(played.bulletin(STORM)).toMatchObject({ inFlight: { over: true, reference: { ts: '1.0' } }, entries: [], reference: {} });
    played.report('10:11', STORM, 2);
    for (const fingerprint of ['p', 'q', 'r', 's', 't']) played.at('10:40', webhook(firing(fingerprint, { ...warning, startsAt: '10:40' })));
    played.fire('10:41', 'bulletin', STORM);
    expect(played.bulletin(STORM).inFlight).toMatchObject({ seq: 3, over: false, reference: {}, entries: [{ fingerprint: 's' }, { fingerprint: 't' }] });
  });

  it('says what ended and what was told since', () => {
    const played = posted();
    played.at('10:03', webhook(resolved('d', { ...warning, endsAt: '10:03' })));
    played.at('10:04', webhook(firing('e', { labels: { severity: 'warning' }, startsAt: '10:04' })));
    played.fire('10:31', 'hold', 'e');
    expect(played.bulletin(STORM).entries).toMatchObject([
      { fingerprint: 'd', outcome: 'ended' },
      { fingerprint: 'e', count: 2, outcome: 'told' },
    ]);
  });
});

describe('trying again', () => {
  const retry = (played: Pick<Scene, 'at'>, deliveryId: string) => played.at('10:30', { kind: 'retry', receivedAt: 0, deliveryId, by: 'ada' });

  it('makes a bulletin due that was given up on', () => {
    const played = bulletins(stateOf(digest({ entries: [entry()], due: at('16:00'), lastError: 'channel_not_found' })));
    expect(retry(played, DIGEST)).toEqual({ ok: true, incidentId: null });
    expect(played.dueOf('bulletin', DIGEST)).toBe(at('10:30'));
    played.fire('10:30', 'bulletin', DIGEST);
    expect(played.handedOver()).toEqual([[DIGEST, 1, at('10:30')]]);
  });

  it('does nothing to one that was not, or is on its way again', () => {
    const inFlight = { seq: 1, at: at('10:00'), entries: [entry()], more: 0, over: false, reference: {} };
    expect(retry(bulletins(stateOf(digest())), DIGEST)).toMatchObject({ ok: false, code: 'not-failed' });
    expect(retry(bulletins(stateOf(digest({ inFlight, lastError: 'channel_not_found' }))), DIGEST)).toMatchObject({ ok: false, code: 'not-failed' });
    expect(retry(bulletins(), DIGEST)).toMatchObject({ ok: false, code: 'not-found' });
  });
});

describe('the bulletins of a destination that is configured no more', () => {
  const gone = { ...CHANNEL, id: 'slack/#ml/0' };
  const left = (given: Partial<Bulletin> = {}) => digest({ id: 'digest~slack/#ml/0', destination: gone, entries: [entry()], due: at('12:00'), ...given });

  it('are forgotten, and what they had to say goes to where their receivers lead now', () => {
    const played = bulletins(stateOf(left(), storm({ id: 'storm~slack/#ml/0', destination: gone, entries: [entry({ fingerprint: 'b' })], due: at('11:00') })));
    played.fire('10:30', 'tidy', '');
    expect([...played.draft.changes().bulletins]).toMatchObject([
      ['digest~slack/#ml/0', null],
      [DIGEST, { entries: [{ fingerprint: 'a' }, { fingerprint: 'b' }], due: at('11:00') }],
      ['storm~slack/#ml/0', null],
    ]);
    const state = stateOf(left());
    state.apply(played.draft.changes());
    expect([...state.bulletins.keys()]).toEqual([DIGEST]);
  });

  it('stay while a message is under way, as do those of a destination that is there', () => {
    const inFlight = { seq: 1, at: at('10:00'), entries: [entry()], more: 0, over: false, reference: {} };
    const played = bulletins(stateOf(left({ inFlight }), digest({ entries: [entry()] })));
    played.fire('10:30', 'tidy', '');
    expect(played.draft.changes().bulletins.size).toBe(0);
  });

  it('are forgotten when nobody is left to tell', () => {
    const played = bulletins(stateOf(left({ receivers: ['pager', 'nobody'] })));
    played.fire('10:30', 'tidy', '');
    expect([...played.draft.changes().bulletins]).toEqual([['digest~slack/#ml/0', null]]);
  });
});
