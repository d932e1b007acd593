import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { DeliveryReported } from '../../../src/correlate/event.ts';
import type { Delivery } from '../../../src/model/delivery.ts';
import { Secret } from '../../../src/model/secret.ts';
import type { Claim } from '../../../src/notify/delivery-records.ts';
import type { Integration, SendOutcome, SendRequest } from '../../../src/notify/integration.ts';
import { type SendFacts, sendDelivery } from '../../../src/notify/send-delivery.ts';
import type { Target } from '../../../src/notify/target.ts';
import { createTurns } from '../../../src/notify/turns.ts';
import { alert, member, time, view } from './incident-view.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

const INCIDENT = '01KJK5Z8R0QWERTY0123456789';
const DESTINATION = 'slack/#ml-alerts/3f2a9c1b';
const DELIVERY = `${INCIDENT}~${DESTINATION}`;
const TARGET: Target = { kind: 'slack-app', token: new Secret('xoxb-hunter2'), apiUrl: 'https://slack.com/api/', channel: '#ml-alerts' };
const BEGAN = time('2026-03-01T03:12:10Z').ms;

const SENT: SendOutcome = { kind: 'sent', reference: { channel: 'C1', ts: '1772334730.000100' } };
const BUSY: SendOutcome = { kind: 'retry', after: null, error: 'answered 429', uncertain: false };
const LATE: SendOutcome = { kind: 'retry', after: null, error: 'no answer in time', uncertain: true };

/** A delivery whose first message is in flight as number 1, but for what is said otherwise. */
function delivery(given: Partial<Delivery> = {}): Delivery {
  return {
    id: DELIVERY,
    incidentId: INCIDENT,
    destination: { id: DESTINATION, integration: 'slack', edits: true, sendResolved: true, digests: true },
    receivers: ['ml-oncall'],
    timing: { groupWait: 10 * SECOND, groupInterval: 5 * MINUTE, repeatInterval: 4 * HOUR },
    createdAt: BEGAN,
    sentVersion: 0,
    sentStatus: null,
    sentAt: null,
    alertedAt: null,
    reference: {},
    inFlight: { seq: 1, kind: 'trigger', version: 3, at: BEGAN },
    seq: 1,
    failedVersion: 0,
    lastError: null,
    due: null,
    waitsUntil: null,
    reminders: 0,
    minorTold: 0,
    ...given,
  };
}

/** What a sender wrote of an attempt: the first at message 1, under way, but for what is said otherwise. */
function claim(given: Partial<Claim> = {}): Claim {
  return { seq: 1, state: 'sending', attempts: 1, since: BEGAN, shown: null, reference: {}, error: null, ...given };
}

/** What stands in the store, and how the other side answers. */
interface Given {
  readonly delivery?: Delivery | null;
  readonly claim?: Claim | null;
  /** The outcomes of the attempts, one after the other. */
  readonly outcomes?: readonly SendOutcome[];
  readonly targets?: ReadonlyMap<string, Target>;
  /** How many alerts the incident has; their documents are all there. */
  readonly alerts?: number;
}

/** Sends message 1 when the test says so, at the times that it says, and keeps what came of it. */
function sender({ delivery: owed = delivery(), claim: before = null, outcomes = [SENT], targets = new Map([[DESTINATION, TARGET]]), alerts = 1 }: Given = {}) {
  const incident = view({ version: 7, status: 'acknowledged', severity: 'warning' }).incident;
  const members = Array.from({ length: alerts }, (_, i) => member({ fingerprint: String(i).padStart(16, '0') }));
  const requests: SendRequest[] = [];
  const reports: DeliveryReported[] = [];
  const facts: SendFacts[] = [];
  const claims: Claim[] = [];
  let standing = before;
  const integration: Integration = {
    kind: 'slack-app',
    async send(request) {
      const outcome = outcomes[requests.length];
      if (outcome === undefined) throw new Error('nothing more was to be sent');
      requests.push(request);
      return outcome;
    },
  };
  const send = (after = 0, message = { deliveryId: DELIVERY, seq: 1 }) =>
    sendDelivery(message, {
      records: {
        delivery: async (id) => (owed === null || id !== owed.id ? null : { delivery: owed, incident, members }),
        bulletin: async () => null,
        timeline: async (_id, from) => ({ entries: [], length: from ?? 0 }),
        documents: async (fingerprints) => new Map(fingerprints.map((fingerprint) => [fingerprint, alert({ fingerprint }).document])),
        claim: async () => standing,
        setClaim: async (_id, written) => {
          standing = written;
          claims.push(written);
        },
      },
      integrations: new Map([['slack-app', integration]]),
      targets: () => targets,
      externalUrl: () => 'https://winnow.example.com',
      report: async (reported) => void reports.push(reported),
      now: () => BEGAN + after,
      turns: createTurns({ now: () => 0, later: () => () => undefined }),
      observe: (fact) => void facts.push(fact),
    });
  return { send, requests, reports, facts, claims };
}

describe('a message that is owed', () => {
  it('is sent once, and reported with the version that it showed', async () => {
    const { send, requests, reports } = sender();
    expect(await send(SECOND)).toEqual({ kind: 'done' });
    expect(requests).toHaveLength(1);
    expect(reports).toEqual([
      {
        kind: 'delivery',
        receivedAt: BEGAN + SECOND,
        deliveryId: DELIVERY,
        seq: 1,
        outcome: 'sent',
        version: 7,
        status: 'acknowledged',
        reference: { channel: 'C1', ts: '1772334730.000100' },
        error: null,
      },
    ]);
  });

  it('is made of the incident as it now is, and names itself', async () => {
    const { send, requests } = sender({ delivery: delivery({ inFlight: { seq: 1, kind: 'update', version: 3, at: BEGAN }, reference: { ts: '1.0' } }) });
    await send();
    expect(requests[0]).toMatchObject({ target: TARGET, kind: 'update', deliveryId: DELIVERY, seq: 1, uncertain: false, reference: { ts: '1.0' } });
    expect(requests[0]?.view).toMatchObject({ incident: { id: INCIDENT, version: 7 }, externalUrl: 'https://winnow.example.com' });
  });

  it('shows the 20 alerts that matter most with what they say', async () => {
    const { send, requests } = sender({ alerts: 30 });
    await send();
    expect(requests[0]?.view.alerts.map(({ document }) => document.fingerprint)).toEqual(Array.from({ length: 20 }, (_, i) => String(i).padStart(16, '0')));
  });

  it('is written down before it is sent and after', async () => {
    const { send, claims } = sender();
    await send(SECOND);
    expect(claims).toEqual([
      claim({ state: 'sending', since: BEGAN + SECOND }),
      claim({
        state: 'sent',
        since: BEGAN + SECOND,
        shown: { version: 7, status: 'acknowledged' },
        reference: { channel: 'C1', ts: '1772334730.000100' },
      }),
    ]);
  });

  it('is observed', async () => {
    const { send, facts } = sender({ claim: claim(), outcomes: [LATE] });
    await send();
    expect(facts).toEqual([
      {
        deliveryId: DELIVERY,
        incidentId: INCIDENT,
        integration: 'slack-app',
        outcome: 'retry',
        error: 'no answer in time',
        uncertain: true,
        took: expect.any(Number) as number,
      },
    ]);
  });
});

describe('a job that is out of date', () => {
  it.each([
    ['another message is in flight by now', delivery({ seq: 2, inFlight: { seq: 2, kind: 'update', version: 7, at: BEGAN } })],
    ['no message is in flight any more', delivery({ inFlight: null })],
    ['the delivery is gone', null],
  ])('does nothing when %s', async (_why, owed) => {
    const { send, requests, reports, claims } = sender({ delivery: owed });
    expect(await send()).toEqual({ kind: 'done' });
    expect([requests, reports, claims]).toEqual([[], [], []]);
  });
});

describe('an attempt that was cut short', () => {
  it('is made again as uncertain, since it may have arrived', async () => {
    const { send, requests, claims } = sender({ claim: claim({ state: 'sending', attempts: 2 }) });
    expect(await send(MINUTE)).toEqual({ kind: 'done' });
    expect(requests.map(({ uncertain }) => uncertain)).toEqual([true]);
    expect(claims[0]).toEqual(claim({ state: 'sending', attempts: 3 }));
  });

  it('leaves a message of another number certain', async () => {
    const { send, requests, claims } = sender({ claim: claim({ seq: 0, attempts: 9, since: BEGAN - 2 * HOUR }) });
    await send();
    expect(requests.map(({ uncertain }) => uncertain)).toEqual([false]);
    expect(claims[0]).toEqual(claim({ attempts: 1, since: BEGAN }));
  });
});

describe('a message that was written down as ended', () => {
  const shown = { version: 5, status: 'open' } as const;

  it('is only reported again when it was sent, as it was then', async () => {
    const { send, requests, reports } = sender({ claim: claim({ state: 'sent', shown, reference: { channel: 'C1', ts: '1.0' } }) });
    expect(await send(MINUTE)).toEqual({ kind: 'done' });
    expect(requests).toEqual([]);
    expect(reports).toMatchObject([
      {
        outcome: 'sent',
        version: 5,
        status: 'open',
        reference: { channel: 'C1', ts: '1.0' },
        receivedAt: BEGAN + MINUTE,
      },
    ]);
  });

  it('is only reported again when it was given up on', async () => {
    const { send, requests, reports } = sender({ claim: claim({ state: 'failed', shown, error: 'answered 404' }) });
    expect(await send()).toEqual({ kind: 'given-up', error: 'answered 404' });
    expect(requests).toEqual([]);
    expect(reports).toMatchObject([{ outcome: 'failed', version: 5, error: 'answered 404' }]);
  });
});

describe('an attempt that failed and is worth another', () => {
  it('comes again after a wait that grows, and is reported once it is sent', async () => {
    const { send, reports, claims } = sender({ outcomes: [BUSY, BUSY, BUSY, SENT] });
    expect(await send(0)).toEqual({ kind: 'again', after: SECOND });
    expect(await send(1 * SECOND)).toEqual({ kind: 'again', after: 2 * SECOND });
    expect(await send(3 * SECOND)).toEqual({ kind: 'again', after: 4 * SECOND });
    expect(reports).toEqual([]);
    expect(claims.at(-1)).toEqual(claim({ state: 'waiting', attempts: 3, error: 'answered 429' }));
    expect(await send(7 * SECOND)).toEqual({ kind: 'done' });
    expect(reports).toMatchObject([{ outcome: 'sent', error: null }]);
  });

  it('comes again when the other side said', async () => {
    const { send } = sender({ outcomes: [{ ...BUSY, after: 30 * SECOND }] });
    expect(await send()).toEqual({ kind: 'again', after: 30 * SECOND });
  });

  it('is made again as uncertain when it may have arrived, and else not', async () => {
    const { send, requests, claims } = sender({ outcomes: [BUSY, LATE, SENT] });
    await send(0);
    await send(1 * SECOND);
    expect(claims.at(-1)).toMatchObject({ state: 'uncertain', error: 'no answer in time' });
    await send(3 * SECOND);
    expect(requests.map(({ uncertain }) => uncertain)).toEqual([false, false, true]);
  });

  it('is given up on an hour after the first', async () => {
    const { send, reports, claims } = sender({ claim: claim({ state: 'waiting', attempts: 60 }), outcomes: [BUSY, BUSY] });
    expect(await send(HOUR - 1)).toEqual({ kind: 'again', after: MINUTE });
    expect(await send(HOUR)).toEqual({ kind: 'given-up', error: 'answered 429' });
    expect(reports).toMatchObject([{ outcome: 'failed', version: 7, status: 'acknowledged', error: 'answered 429' }]);
    expect(claims.at(-1)).toMatchObject({ state: 'failed', error: 'answered 429' });
  });
});

describe('a message that cannot be sent', () => {
  it('is given up on when the other side refuses it', async () => {
    const { send, reports } = sender({ outcomes: [{ kind: 'refused', error: 'channel_not_found' }] });
    expect(await send()).toEqual({ kind: 'given-up', error: 'channel_not_found' });
    expect(reports).toMatchObject([{ outcome: 'failed', version: 7, reference: {}, error: 'channel_not_found' }]);
  });

  it.each([
    ['its destination is no longer configured', new Map<string, Target>()],
    ['nothing sends to such a destination', new Map<string, Target>([[DESTINATION, { kind: 'console' }]])],
  ])('is given up on when %s', async (_why, targets) => {
    const { send, requests, reports } = sender({ targets });
    expect(await send()).toEqual({ kind: 'given-up', error: 'the destination is no longer configured' });
    expect(requests).toEqual([]);
    expect(reports).toMatchObject([{ outcome: 'failed', error: 'the destination is no longer configured' }]);
  });
});

describe('what is kept of a message', () => {
  it.each([
    ['sent', SENT],
    ['to be tried again', LATE],
    ['refused', { kind: 'refused', error: 'invalid_auth' } as const],
  ])('names no secret when it is %s', async (_how, outcome) => {
    const { send, reports, facts, claims } = sender({ outcomes: [outcome] });
    const sending = await send();
    const kept = [sending, reports, facts, claims];
    expect(inspect(kept, { depth: 10, showHidden: true }) + JSON.stringify(kept)).not.toContain('hunter2');
  });
});
