import { describe, expect, it } from 'vitest';
import type { Command } from '../../../src/api/commands.ts';
import { deliveryStatus } from '../../../src/model/delivery-document.ts';
import { apiServer } from './api-server.ts';
import { records } from './memory-read-model.ts';
import { at, delivery } from './records.ts';

const api = apiServer();

const SENT = { sentVersion: 1, sentStatus: 'open', sentAt: at('10:00') } as const;

describe('the status of a delivery', () => {
  it.each([
    ['pending', 'the first message is due', { due: { at: at('10:00'), kind: 'trigger' } }],
    ['pending', 'a message is on its way', { ...SENT, inFlight: { seq: 2, kind: 'update', version: 2, at: at('10:05') } }],
    ['sent', 'all was told', SENT],
    ['sent', 'only a reminder is to come', { ...SENT, due: { at: at('14:00'), kind: 'reminder' } }],
    ['failed', 'the first message was given up on', { failedVersion: 1, lastError: 'channel_not_found' }],
    ['failed', 'an update was given up on', { ...SENT, failedVersion: 2 }],
    ['pending', 'the next one is due after one was given up on', { ...SENT, failedVersion: 2, due: { at: at('10:05'), kind: 'update' } }],
    ['unneeded', 'it was over before anything was told', {}],
  ] as const)('is %s when %s', (status, _when, given) => {
    expect(deliveryStatus(delivery(given))).toBe(status);
  });
});

describe('the list of deliveries', () => {
  const kept = records({
    deliveries: [
      delivery({ id: '01A~console', failedVersion: 1, lastError: 'channel_not_found' }),
      delivery({ id: '01B~console', ...SENT }),
      delivery({ id: '01C~console', due: { at: at('10:00'), kind: 'trigger' } }),
    ],
  });

  it('is newest first', async () => {
    const items = (await api({ records: kept }).inject('/api/v1/deliveries')).json().items;
    expect(items).toMatchObject([
      { id: '01C~console', status: 'pending', due: { at: '2026-03-01T10:00:00Z', kind: 'trigger' }, sentAt: null },
      { id: '01B~console', status: 'sent', due: null, sentAt: '2026-03-01T10:00:00Z' },
      { id: '01A~console', status: 'failed', lastError: 'channel_not_found' },
    ]);
  });

  it('has only those that failed when asked so', async () => {
    const answer = await api({ records: kept }).inject('/api/v1/deliveries?status=failed');
    expect(answer.json().items).toMatchObject([{ id: '01A~console' }]);
  });

  it('has only those of one incident when asked so, page by page', async () => {
    const app = api({
      records: records({
        deliveries: [
          ...['01A', '01B', '01C'].flatMap((incidentId) => ['console', 'email/x', 'slack/#a'].map((to) => delivery({ id: `${incidentId}~${to}`, incidentId }))),
        ].toReversed(),
      }),
    });
    const idsAt = async (query: string) => {
      const { items, nextCursor } = (await app.inject(`/api/v1/deliveries?${query}`)).json();
      return { ids: items.map(({ id }: { id: string }) => id), nextCursor };
    };
    expect(await idsAt('incident=01B')).toEqual({ ids: ['01B~slack/#a', '01B~email/x', '01B~console'], nextCursor: null });
    const first = await idsAt('incident=01B&limit=2');
    expect(first.ids).toEqual(['01B~slack/#a', '01B~email/x']);
    expect(await idsAt(`incident=01B&limit=2&cursor=${first.nextCursor}`)).toEqual({ ids: ['01B~console'], nextCursor: null });
    expect(await idsAt('incident=01BB')).toEqual({ ids: [], nextCursor: null });
  });
});

describe('a retry', () => {
  const id = `01KJMSEG0058H9CPQHM6CY8Q3T~slack/#${'ml-alerts-'.repeat(8)}/3f2a9c1b`;
  const url = `/api/v1/deliveries/${encodeURIComponent(id)}/retry`;

  it('is submitted, and answers the delivery as it then is', async () => {
    const kept = records({ deliveries: [delivery({ id, failedVersion: 1 })] });
    const submitted: Command[] = [];
    const submit = async (command: Command) => {
      submitted.push(command);
      kept.deliveries = [delivery({ id, due: { at: at('12:00'), kind: 'trigger' } })];
      return { ok: true as const, incidentId: null };
    };
    const answer = await api({ records: kept, submit }).inject({ method: 'POST', url, payload: { by: 'ada' } });
    expect(answer.json()).toMatchObject({ id, status: 'pending' });
    expect(submitted).toEqual([{ kind: 'retry', receivedAt: at('12:00'), deliveryId: id, by: 'ada' }]);
  });

  it('of what has not failed is refused', async () => {
    const answer = await api({ submit: async () => ({ ok: false, code: 'not-failed', detail: 'the delivery was not given up on' }) }).inject({
      method: 'POST',
      url,
    });
    expect([answer.statusCode, answer.json().code]).toEqual([409, 'not-failed']);
  });
});
