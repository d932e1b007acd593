// Sends one message: looks up what is owed now, sends it once, and reports how that ended.

import type { DeliveryReported } from '../correlate/event.ts';
import type { Instant, Milliseconds } from '../model/time.ts';
import type { Claim, DeliveryRecords } from './delivery-records.ts';
import type { Integration, SendOutcome } from './integration.ts';
import { type Attempt, type MessageName, MOST_VIEWED, type OwedMessage, owedMessage } from './owed-message.ts';
import { retryDelay } from './retry-delay.ts';
import type { Target } from './target.ts';
import type { Turns } from './turns.ts';
import { wishOf } from './wish-of.ts';

/** What sending works with. */
export interface SendDependencies {
  readonly records: DeliveryRecords;
  readonly integrations: ReadonlyMap<Target['kind'], Integration>;
  readonly targets: () => ReadonlyMap<string, Target>;
  readonly externalUrl: () => string | null;
  /** Takes the report to the shard; resolves once it is durable. */
  readonly report: (reported: DeliveryReported) => Promise<void>;
  readonly now: () => Instant;
  /** Whose turn it is, of all that one process sends. */
  readonly turns: Turns;
  readonly observe: (facts: SendFacts) => void;
}

/** One attempt, for logs and metrics. */
export interface SendFacts {
  readonly deliveryId: string;
  /** Null for a bulletin. */
  readonly incidentId: string | null;
  readonly integration: string;
  readonly outcome: SendOutcome['kind'];
  /** Why it was not sent, or was sent as a new message although one stood there; else null. */
  readonly error: string | null;
  /** Whether an earlier attempt at this message may have arrived already. */
  readonly uncertain: boolean;
  readonly took: Milliseconds;
}

/** How handling a message ended: done, to be tried again, or given up on. */
export type Sending =
  | { readonly kind: 'done' }
  | { readonly kind: 'again'; readonly after: Milliseconds }
  | { readonly kind: 'given-up'; readonly error: string };

const DONE: Sending = { kind: 'done' };

/**
 * Sends the message that a delivery or a bulletin is owed. The latest version of an incident is shown, whatever
 * the job was made for. A message that was sent already is only reported again; one whose attempt was
 * cut short is sent with `uncertain`, so that the integration can look whether it arrived. It is read when its turn has come.
 */
export async function sendDelivery(message: MessageName, dependencies: SendDependencies): Promise<Sending> {
  const order = dependencies.turns.arrive();
  for (;;) {
    const sending = await sendInTurn(message, order, dependencies);
    if (sending !== null) return sending;
  }
}

/** Waits for the message's turn and sends it; null when it is to be looked at anew before it is sent. */
async function sendInTurn(message: MessageName, order: number, dependencies: SendDependencies): Promise<Sending | null> {
  const { records, targets, turns } = dependencies;
  const owed = await owedMessage(message, records);
  if (owed === null) return DONE;
  const target = targets().get(owed.destination);
  if (target === undefined) return send(message, owed, { mayPost: true }, dependencies);
  const { app, wish } = wishOf(owed.need, target, order);
  const turn = await turns.take(app, wish);
  if (turn.kind === 'stop') return { kind: 'again', after: 0 };
  if (turn.kind === 'look-again') return null;
  try {
    const present = turn.waited ? await owedMessage(message, records) : owed;
    return present === null ? DONE : await send(message, present, { mayPost: turn.post, app }, dependencies);
  } finally {
    turns.done(app);
  }
}

/** Sends a message whose turn it is; null when its app asked to be left alone, and it keeps its place. */
async function send(
  message: MessageName,
  owed: OwedMessage,
  { mayPost, app = '' }: { readonly mayPost: boolean; readonly app?: string },
  dependencies: SendDependencies,
): Promise<Sending | null> {
  const { records, report, now, turns } = dependencies;
  const before = await records.claim(message.deliveryId);
  const earlier = before?.seq === message.seq ? before : null;
  if (earlier !== null && (earlier.state === 'sent' || earlier.state === 'failed')) {
    await report(reportOf(message, earlier, now()));
    return earlier.state === 'sent' ? DONE : { kind: 'given-up', error: earlier.error ?? '' };
  }
  const uncertain = earlier?.state === 'sending' || earlier?.state === 'uncertain';
  const claim: Claim = {
    seq: message.seq,
    state: 'sending',
    attempts: (earlier?.attempts ?? 0) + 1,
    since: earlier?.since ?? now(),
    shown: null,
    reference: {},
    error: null,
  };
  const place = placeOf(owed.destination, dependencies);
  const [sendOnce] = await Promise.all([
    owed.prepare(place === null ? MOST_VIEWED : (place.integration.viewed?.(place.target) ?? MOST_VIEWED)),
    records.setClaim(message.deliveryId, claim),
  ]);
  const outcome = await attempt(message, { owed, place, send: sendOnce, uncertain, mayPost }, dependencies);
  const sending = await conclude(message, { owed, claim, outcome }, dependencies);
  if (sending.kind !== 'again' || outcome.kind !== 'retry' || outcome.limited !== true) return sending;
  turns.pause(app, sending.after);
  return null;
}

interface Place {
  readonly target: Target;
  readonly integration: Integration;
}

/** What reaches a destination; null when it is no longer configured. */
function placeOf(destination: string, { targets, integrations }: SendDependencies): Place | null {
  const target = targets().get(destination);
  const integration = target === undefined ? undefined : integrations.get(target.kind);
  return target === undefined || integration === undefined ? null : { target, integration };
}

interface Prepared {
  readonly owed: OwedMessage;
  readonly place: Place | null;
  readonly send: (attempt: Attempt) => Promise<SendOutcome>;
  readonly uncertain: boolean;
  readonly mayPost: boolean;
}

async function attempt(
  { deliveryId }: MessageName,
  { owed, place, send, uncertain, mayPost }: Prepared,
  { externalUrl, observe }: SendDependencies,
): Promise<SendOutcome> {
  if (place === null) return { kind: 'refused', error: 'the destination is no longer configured' };
  const { target, integration } = place;
  const begun = performance.now();
  const outcome = await send({ target, integration, externalUrl: externalUrl(), uncertain, mayPost });
  observe({
    deliveryId,
    incidentId: owed.incidentId,
    integration: target.kind,
    outcome: outcome.kind,
    error: outcome.kind === 'sent' ? (outcome.anewBecause ?? null) : outcome.error,
    uncertain,
    took: performance.now() - begun,
  });
  return outcome;
}

async function conclude(
  message: MessageName,
  { owed: { shown }, claim, outcome }: { readonly owed: OwedMessage; readonly claim: Claim; readonly outcome: SendOutcome },
  { records, report, now }: SendDependencies,
): Promise<Sending> {
  if (outcome.kind === 'retry') {
    const after = retryDelay({ made: claim.attempts, elapsed: now() - claim.since, asked: outcome.after });
    if (after !== null) {
      await records.setClaim(message.deliveryId, { ...claim, state: outcome.uncertain ? 'uncertain' : 'waiting', error: outcome.error });
      return { kind: 'again', after };
    }
  }
  const ended: Claim =
    outcome.kind === 'sent' ? { ...claim, state: 'sent', shown, reference: outcome.reference } : { ...claim, state: 'failed', shown, error: outcome.error };
  await records.setClaim(message.deliveryId, ended);
  await report(reportOf(message, ended, now()));
  return outcome.kind === 'sent' ? DONE : { kind: 'given-up', error: outcome.error };
}

function reportOf({ deliveryId, seq }: MessageName, claim: Claim, receivedAt: Instant): DeliveryReported {
  const { version, status } = claim.shown ?? { version: 0, status: 'open' };
  return {
    kind: 'delivery',
    receivedAt,
    deliveryId,
    seq,
    outcome: claim.state === 'sent' ? 'sent' : 'failed',
    version,
    status,
    reference: claim.reference,
    error: claim.error,
  };
}
