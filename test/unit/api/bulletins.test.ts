import { describe, expect, it } from 'vitest';
import { bulletinStatus } from '../../../src/model/bulletin-document.ts';
import { digest, entry, storm } from '../correlate/bulletins.ts';
import { apiServer } from './api-server.ts';
import { records } from './memory-read-model.ts';
import { at, delivery } from './records.ts';

const api = apiServer();
const FLIGHT = { seq: 1, at: at('10:00'), entries: [entry()], more: 0, over: false, reference: {} };

describe('the status of a bulletin', () => {
  it.each([
    ['pending', 'a digest is to be sent', digest({ entries: [entry()], due: at('16:00') })],
    ['pending', 'one is under way', digest({ inFlight: FLIGHT, lastError: 'channel_not_found' })],
    ['failed', 'it was given up on and is tried again', digest({ entries: [entry()], due: at('16:00'), lastError: 'channel_not_found' })],
    ['sent', 'all was said', digest({ sentAt: at('10:00') })],
    ['pending', 'a storm has grown', storm({ unsaid: true, due: at('10:06') })],
    ['sent', 'a storm goes on and its message says all', storm({ due: at('10:15') })],
    ['unneeded', 'nothing was ever said', digest()],
  ] as const)('is %s when %s', (status, _when, bulletin) => {
    expect(bulletinStatus(bulletin)).toBe(status);
  });
});

describe('among the deliveries', () => {
  const failed = digest({ entries: [entry()], due: at('16:00'), lastError: 'channel_not_found' });
  const kept = records({ deliveries: [delivery({ id: '01A~console', failedVersion: 1 }), failed, storm()] });

  it('come first, of no incident', async () => {
    const { items } = (await api({ records: kept }).inject('/api/v1/deliveries')).json();
    expect(items).toMatchObject([
      { id: 'storm~slack/#ml/1', incidentId: null, status: 'sent', due: null },
      { id: 'digest~slack/#ml/1', incidentId: null, status: 'failed', due: { at: '2026-03-01T16:00:00Z', kind: 'digest' }, lastError: 'channel_not_found' },
      { id: '01A~console', status: 'failed' },
    ]);
  });

  it('are found by their status', async () => {
    const { items } = (await api({ records: kept }).inject('/api/v1/deliveries?status=failed')).json();
    expect(items.map(({ id }: { id: string }) => id)).toEqual(['digest~slack/#ml/1', '01A~console']);
  });

  it('are tried again under their id', async () => {
    const submit = async () => ({ ok: true as const, incidentId: null });
    const url = `/api/v1/deliveries/${encodeURIComponent(failed.id)}/retry`;
    const answer = await api({ records: kept, submit }).inject({ method: 'POST', url });
    expect([answer.statusCode, answer.json().id]).toEqual([200, failed.id]);
  });
});
