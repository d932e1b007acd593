// Whatever is sent, nothing breaks and no alert is lost: it was accepted or rejected, or the whole
// body was refused.

import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import type { WebhookEvent } from '../../../src/correlate/event.ts';
import { receiverApp } from './receiver-app.ts';

const received: WebhookEvent[] = [];
const app = receiverApp({ add: async (webhook) => void received.push(webhook) });
afterAll(() => app.close());

const RUNS = { numRuns: 400 };

const endpoint = fc.constantFrom(
  { method: 'POST', url: '/webhooks/alertmanager' } as const,
  { method: 'POST', url: '/webhooks/grafana' } as const,
  { method: 'PUT', url: '/webhooks/grafana' } as const,
);

const character = fc.constantFrom('a', 'Z', '7', '/', '~', '"', '\\', '\0', '\n', 'é', '€', '😀', '\ud83d', '\ude00', '\uffff');
const json = fc.jsonValue({ maxDepth: 4, stringUnit: character });
const text = fc.string({ unit: character, maxLength: 20 });
const name = fc.oneof(fc.constantFrom('alertname', 'severity', '__proto__', 'constructor', '', 'a/b~c'), text);
const labels = fc.oneof(fc.dictionary(name, fc.oneof({ weight: 6, arbitrary: text }, json)), json);
const time = fc.oneof(fc.constantFrom('0001-01-01T00:00:00Z', '2026-11-23T09:22:56.275307259Z', '2026-11-23T11:22:56+02:00', '', null, 'soon'), json);
const status = fc.oneof(fc.constantFrom('firing', 'resolved', 'FIRING', 'ok', null), json);
const alert = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record(
      {
        status,
        labels,
        annotations: labels,
        startsAt: time,
        endsAt: time,
        generatorURL: fc.oneof(fc.webUrl(), json),
        fingerprint: fc.oneof(fc.constant('791cec13fcba0368'), json),
        values: json,
        imageURL: json,
      },
      { requiredKeys: [] },
    ),
  },
  json,
);
const body = fc.record(
  {
    alerts: fc.array(alert, { maxLength: 6 }),
    version: fc.oneof(fc.constantFrom('1', '4'), json),
    groupKey: fc.oneof(text, json),
    status,
    state: json,
    orgId: json,
    receiver: json,
  },
  { requiredKeys: ['alerts'] },
);

async function send(to: { readonly method: 'POST' | 'PUT'; readonly url: string }, payload: Buffer, type = 'application/json') {
  received.length = 0;
  const response = await app.inject({ ...to, headers: { 'content-type': type }, payload });
  return { status: response.statusCode, body: response.json() };
}

describe('any body', () => {
  it('with an array of alerts is taken in, each of them accepted or rejected', async () => {
    await fc.assert(
      fc.asyncProperty(endpoint, body, async (to, value) => {
        const answer = await send(to, Buffer.from(JSON.stringify(value)));
        expect(answer.status).toBe(202);
        expect(answer.body.accepted + answer.body.rejected).toBe(value.alerts.length);
        expect(received.map((webhook) => [webhook.alerts.length, webhook.malformed.length])).toEqual([[answer.body.accepted, answer.body.rejected]]);
        for (const alert of received[0]?.alerts ?? []) {
          expect(alert.fingerprint).toMatch(/^[0-9a-f]{16}$/);
          expect(alert.endsAt === null).toBe(alert.status === 'firing');
        }
        for (const malformed of received[0]?.malformed ?? []) expect(isPlaceIn(value, malformed.pointer)).toBe(true);
      }),
      RUNS,
    );
  });

  it('of JSON is taken in or refused as a whole', async () => {
    await fc.assert(
      fc.asyncProperty(endpoint, json, async (to, value) => {
        const answer = await send(to, Buffer.from(JSON.stringify(value)));
        const alerts = typeof value === 'object' && value !== null && 'alerts' in value ? value['alerts'] : undefined;
        expect(answer.status).toBe(Array.isArray(alerts) ? 202 : 400);
        expect(received).toHaveLength(answer.status === 202 ? 1 : 0);
      }),
      RUNS,
    );
  });

  it('of bytes is never an error of the server', async () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.tuple(body, fc.nat(400)).map(([value, cut]) => Buffer.from(JSON.stringify(value)).subarray(0, cut)),
    );
    const types = fc.constantFrom('application/json', 'text/plain', 'multipart/form-data; boundary=x', 'application/octet-stream', 'nonsense');
    await fc.assert(
      fc.asyncProperty(endpoint, bytes, types, async (to, payload, type) => {
        const answer = await send(to, Buffer.from(payload), type);
        expect([202, 400, 415]).toContain(answer.status);
        expect(received).toHaveLength(answer.status === 202 ? 1 : 0);
      }),
      RUNS,
    );
  });
});

/** Whether a JSON pointer points to something, or to a member that an object there lacks. */
function isPlaceIn(value: unknown, pointer: string): boolean {
  const names = pointer
    .split('/')
    .slice(1)
    .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
  const parent = names.slice(0, -1).reduce<unknown>((holder, name) => Object.getOwnPropertyDescriptor(Object(holder), name)?.value, value);
  return typeof parent === 'object' && parent !== null;
}
