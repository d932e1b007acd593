import { describe, expect, it } from 'vitest';
import type { DeliveryReported } from '../../../src/correlate/event.ts';
import type { Bulletin } from '../../../src/model/bulletin.ts';
import { SECOND } from '../../../src/model/time.ts';
import type { Claim } from '../../../src/notify/delivery-records.ts';
import type { BulletinRequest, Integration, SendOutcome } from '../../../src/notify/integration.ts';
import { type SendFacts, sendDelivery } from '../../../src/notify/send-delivery.ts';
import type { Target } from '../../../src/notify/target.ts';
import { createTurns } from '../../../src/notify/turns.ts';
import { CHANNEL, digest, entry, storm } from '../correlate/bulletins.ts';
import { at } from '../correlate/scenario.ts';

const SENT: SendOutcome = { kind: 'sent', reference: { channel: 'C1', ts: '2.0' } };
const LATE: SendOutcome = { kind: 'retry', after: null, error: 'no answer in time', uncertain: true };
const FLIGHT = { seq: 4, at: at('10:10'), entries: [entry()], more: 2, over: true, reference: { channel: 'C1', ts: '1.0' } };

/** What stands in the store and how the other side answers; sends message 4 when the test says so, and keeps what came of it. */
function sender({ bulletin = storm({ inFlight: FLIGHT }), claim = null, outcomes = [SENT], carries = true }: Partial<Given> = {}) {
  const requests: BulletinRequest[] = [];
  const reports: DeliveryReported[] = [];
  const claims: Claim[] = [];
  const facts: SendFacts[] = [];
  let standing = claim;
  const sendBulletin = async (request: BulletinRequest): Promise<SendOutcome> => {
    requests.push(request);
    return outcomes[requests.length - 1] ?? SENT;
  };
  const send = () => Promise.reject(new Error('it is about no incident'));
  const integration: Integration = { kind: 'console', send, ...(carries ? { sendBulletin } : {}) };
  const handle = (seq = 4) =>
    sendDelivery(
      { deliveryId: bulletin?.id ?? 'storm~gone', seq },
      {
        records: {
          delivery: () => Promise.reject(new Error('it is no delivery')),
          bulletin: async () => bulletin,
          timeline: () => Promise.reject(new Error('it is about no incident')),
          documents: async () => new Map(),
          claim: async () => standing,
          setClaim: async (_id, written) => {
            standing = written;
            claims.push(written);
          },
        },
        integrations: new Map([['console', integration]]),
        targets: () => new Map<string, Target>([[CHANNEL.id, { kind: 'console' }]]),
        externalUrl: () => 'https://winnow.example',
        report: async (reported) => void reports.push(reported),
        now: () => at('10:11'),
        turns: createTurns({ now: () => 0, later: () => () => undefined }),
        observe: (fact) => void facts.push(fact),
      },
    );
  return { handle, requests, reports, claims, facts };
}

interface Given {
  readonly bulletin: Bulletin | null;
  readonly claim: Claim | null;
  readonly outcomes: readonly SendOutcome[];
  readonly carries: boolean;
}

describe('a bulletin that is in flight', () => {
  it('is sent as it was handed over, and reported under its name', async () => {
    const { handle, requests, reports, claims, facts } = sender();
    expect(await handle()).toEqual({ kind: 'done' });
    expect(requests).toEqual([
      {
        target: { kind: 'console' },
        view: { kind: 'storm', entries: [entry()], more: 2, over: true, externalUrl: 'https://winnow.example' },
        reference: { channel: 'C1', ts: '1.0' },
        deliveryId: 'storm~slack/#ml/1',
        seq: 4,
        uncertain: false,
      },
    ]);
    expect(reports).toMatchObject([{ deliveryId: 'storm~slack/#ml/1', seq: 4, outcome: 'sent', reference: { ts: '2.0' }, error: null }]);
    expect(claims.map(({ state }) => state)).toEqual(['sending', 'sent']);
    expect(facts).toMatchObject([{ incidentId: null, outcome: 'sent' }]);
  });

  it('is looked for when an earlier attempt was cut short or had no answer', async () => {
    const { handle, requests } = sender({ outcomes: [LATE, SENT] });
    expect(await handle()).toEqual({ kind: 'again', after: SECOND });
    await handle();
    expect(requests.map(({ uncertain }) => uncertain)).toEqual([false, true]);
    const cut: Claim = { seq: 4, state: 'sending', attempts: 1, since: at('10:10'), shown: null, reference: {}, error: null };
    const after = sender({ claim: cut });
    await after.handle();
    expect(after.requests[0]?.uncertain).toBe(true);
  });

  it('is refused where a message can only be about one incident', async () => {
    const { handle, reports } = sender({ carries: false });
    expect(await handle()).toMatchObject({ kind: 'given-up' });
    expect(reports).toMatchObject([{ outcome: 'failed', error: 'such a destination takes no messages about several incidents' }]);
  });
});

it.each([
  ['is not in flight', digest(), 4],
  ['has moved on to another message', storm({ inFlight: FLIGHT }), 3],
  ['is gone', null, 4],
] as const)('nothing is sent when the bulletin %s', async (_why, bulletin, seq) => {
  const { handle, requests, reports } = sender({ bulletin });
  expect(await handle(seq)).toEqual({ kind: 'done' });
  expect([requests, reports]).toEqual([[], []]);
});
