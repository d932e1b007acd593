import { describe, expect, it } from 'vitest';
import { createCircuits } from '../../../src/notify/circuit.ts';
import type { Integration, SendOutcome } from '../../../src/notify/integration.ts';
import { view } from './incident-view.ts';

const SENT: SendOutcome = { kind: 'sent', reference: {} };
const DOWN: SendOutcome = { kind: 'retry', after: null, error: 'answered 503', uncertain: true };
const BUSY: SendOutcome = { kind: 'retry', after: 1000, error: 'answered 429', uncertain: false };
const REFUSED: SendOutcome = { kind: 'refused', error: 'answered 400' };

/** A guarded integration whose attempts end as the test says, at the times that it says. */
function guarded() {
  let time = 0;
  let outcome = DOWN;
  const calls: string[] = [];
  const circuits = createCircuits(() => time);
  const plain: Integration = {
    kind: 'console',
    viewed: () => 7,
    async send({ deliveryId }) {
      calls.push(deliveryId);
      return outcome;
    },
  };
  const integration = circuits.guard(plain);
  const send = (at: number, next: SendOutcome = DOWN, deliveryId = 'i~d', uncertain = false) => {
    time = at;
    outcome = next;
    return integration.send({ target: { kind: 'console' }, view: view(), kind: 'trigger', reference: {}, deliveryId, seq: 1, uncertain });
  };
  const fail = async (times: number) => {
    for (let i = 0; i < times; i++) await send(0);
  };
  return { integration, circuits, calls, send, fail };
}

describe('a destination that failed five times in a row', () => {
  it('is left alone for 5 s', async () => {
    const { send, fail, calls, circuits } = guarded();
    await fail(5);
    expect(await send(1000, SENT)).toEqual({ kind: 'retry', after: 4000, error: 'left alone after 5 failures in a row: answered 503', uncertain: false });
    expect(calls).toHaveLength(5);
    expect([...circuits.open()]).toEqual([['console', 1]]);
  });

  it('leaves open what an attempt before may have done', async () => {
    const { send, fail } = guarded();
    await fail(5);
    expect(await send(1000, SENT, 'i~d', true)).toMatchObject({ kind: 'retry', uncertain: true });
  });

  it('is tried by one message after that, and then is there again for all', async () => {
    const { send, fail, circuits } = guarded();
    await fail(5);
    expect(await send(5000, SENT)).toEqual(SENT);
    expect(await send(5001, SENT)).toEqual(SENT);
    expect([...circuits.open()]).toEqual([]);
  });

  it('is left alone twice as long after each further failure, up to a minute', async () => {
    const { send, fail, calls } = guarded();
    await fail(5);
    for (const at of [5_000, 15_000, 35_000, 75_000, 135_000]) {
      expect(await send(at - 1)).toMatchObject({ after: 1 });
      expect(await send(at)).toEqual(DOWN);
    }
    expect(calls).toHaveLength(10);
  });

  it('holds up no other', async () => {
    const { send, fail } = guarded();
    await fail(5);
    expect(await send(1, SENT, 'i~other')).toEqual(SENT);
  });
});

it('while one message tries, the others wait', async () => {
  const { circuits } = guarded();
  let answer: (outcome: SendOutcome) => void = () => undefined;
  let time = 0;
  const own = createCircuits(() => time);
  let hangs = false;
  const integration = own.guard({
    kind: 'console',
    send: () => (hangs ? new Promise<SendOutcome>((resolve) => (answer = resolve)) : Promise.resolve(DOWN)),
  });
  const send = () =>
    integration.send({ target: { kind: 'console' }, view: view(), kind: 'trigger', reference: {}, deliveryId: 'i~d', seq: 1, uncertain: false });
  for (let i = 0; i < 5; i++) await send();
  hangs = true;
  time = 5000;
  const probe = send();
  expect(await send()).toMatchObject({ kind: 'retry', after: 5000 });
  answer(SENT);
  expect(await probe).toEqual(SENT);
  expect([...circuits.open()]).toEqual([]);
});

it.each([
  ['a success', SENT],
  ['a refusal, which is an answer', REFUSED],
  ['being asked to wait', BUSY],
])('%s ends the row of failures', async (_, outcome) => {
  const { send, fail, calls } = guarded();
  await fail(4);
  await send(0, outcome);
  await fail(4);
  expect(await send(0, SENT)).toEqual(SENT);
  expect(calls).toHaveLength(10);
});

it('an integration is otherwise as it was', () => {
  const { integration } = guarded();
  expect(integration.viewed?.({ kind: 'console' })).toBe(7);
  expect(integration.sendBulletin).toBe(undefined);
});
