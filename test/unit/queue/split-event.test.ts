import { describe, expect, it } from 'vitest';
import type { EngineEvent, WebhookEvent } from '../../../src/correlate/event.ts';
import { sizeOf } from '../../../src/queue/job-codec.ts';
import { alertsIn, splitEvent } from '../../../src/queue/split-event.ts';
import { alert, alerts, malformed, webhook } from './webhooks.ts';

const MIB = 1024 * 1024;

/** The pieces of a webhook. */
function pieces(event: WebhookEvent): readonly WebhookEvent[] {
  return splitEvent(event).map((piece) => {
    if (piece.kind !== 'webhook') throw new Error(`a webhook became a ${piece.kind}`);
    return piece;
  });
}

/** How many alerts each piece of a webhook has. */
function counts(event: WebhookEvent): readonly number[] {
  return pieces(event).map(alertsIn);
}

/** An alert that says so many bytes. */
function saying(number: number, bytes: number) {
  return alert(number, { annotations: new Map([['summary', 'x'.repeat(bytes)]]) });
}

describe('a webhook', () => {
  it('that fits one job is left as it is', () => {
    const event = webhook({ alerts: alerts(499), malformed: malformed(1) });
    expect(splitEvent(event)).toEqual([event]);
    expect(splitEvent(webhook())).toEqual([webhook()]);
  });

  it('is cut after every 500 alerts', () => {
    expect(counts(webhook({ alerts: alerts(500) }))).toEqual([500]);
    expect(counts(webhook({ alerts: alerts(501) }))).toEqual([500, 1]);
    expect(counts(webhook({ alerts: alerts(1700) }))).toEqual([500, 500, 500, 200]);
  });

  it('is cut before a piece would be larger than 1 MiB', () => {
    const event = webhook({ alerts: Array.from({ length: 10 }, (_, i) => saying(i, 300_000)) });
    expect(counts(event)).toEqual([3, 3, 3, 1]);
    for (const piece of pieces(event)) expect(sizeOf(piece)).toBeLessThanOrEqual(MIB);
  });

  it('has a job of its own for an alert that is larger than 1 MiB', () => {
    const event = webhook({ alerts: [alert(1), saying(2, 2 * MIB), alert(3), alert(4)] });
    expect(pieces(event).map((piece) => piece.alerts.map((a) => a.fingerprint.at(-1)))).toEqual([['1'], ['2'], ['3', '4']]);
    expect(counts(webhook({ alerts: [saying(1, 2 * MIB)] }))).toEqual([1]);
  });

  it('keeps its malformed alerts, and after those that are none', () => {
    const split = pieces(webhook({ alerts: alerts(600), malformed: malformed(120) }));
    expect(split.map((piece) => [piece.alerts.length, piece.malformed.length])).toEqual([
      [500, 0],
      [100, 0],
      [0, 50],
      [0, 50],
      [0, 20],
    ]);
    expect(split.flatMap((piece) => piece.malformed)).toEqual(malformed(120));
  });

  it('with nothing but malformed alerts of 16 KiB is cut by size as well', () => {
    const split = pieces(webhook({ malformed: malformed(130).map((m) => ({ ...m, raw: 'x'.repeat(16 * 1024) })) }));
    expect(split.flatMap((piece) => piece.malformed.map((m) => m.pointer))).toEqual(malformed(130).map((m) => m.pointer));
    for (const piece of split) expect(sizeOf(piece)).toBeLessThanOrEqual(MIB);
  });

  it('loses no alert and keeps their order', () => {
    const event = webhook({ alerts: Array.from({ length: 2345 }, (_, i) => saying(i, (i * 7919) % 5000)) });
    const split = pieces(event);
    expect(split.length).toBeGreaterThan(5);
    expect(split.flatMap((piece) => piece.alerts)).toEqual(event.alerts);
  });

  it('says in each piece when and whence it came', () => {
    const event = webhook({ source: 'grafana', receivedAt: 7, alerts: alerts(501), malformed: malformed(1) });
    for (const piece of pieces(event)) expect(piece).toMatchObject({ kind: 'webhook', source: 'grafana', receivedAt: 7 });
  });
});

describe('what is no webhook', () => {
  it('is left as it is and brings no alerts', () => {
    const event: EngineEvent = { kind: 'retry', receivedAt: 0, deliveryId: 'a~b', by: 'ada' };
    expect(splitEvent(event)).toEqual([event]);
    expect(alertsIn(event)).toBe(0);
  });
});

describe('the alerts that an event brings', () => {
  it('are all of a webhook, the malformed ones too', () => {
    expect(alertsIn(webhook({ alerts: alerts(3), malformed: malformed(2) }))).toBe(5);
  });
});
