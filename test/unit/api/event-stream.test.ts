import { describe, expect, it } from 'vitest';
import { eventStream } from '../../../src/api/event-stream.ts';
import { ServiceUnavailable } from '../../../src/api/service-unavailable.ts';
import type { IncidentEvent } from '../../../src/model/incident-event.ts';
import { apiServer } from './api-server.ts';
import { memoryReadModel, records } from './memory-read-model.ts';

const event = (id: string): IncidentEvent => ({ id, status: 'open', severity: 'critical', title: id, alertCount: 1, updatedAt: '2026-03-01T10:00:00Z' });
const commit = (position: string, ...ids: string[]) => ({ position, record: ids.map(event) });

/** The ids of events and of incidents that a stream gives until it has given so many texts. */
async function read(kept: ReturnType<typeof records>, after: string | null, texts: number, meanwhile: () => void = () => undefined) {
  const ending = new AbortController();
  const stream = eventStream({ readModel: memoryReadModel(kept), after, signal: ending.signal, looking: 1, beating: 1_000_000 });
  const seen: string[] = [];
  for await (const text of stream) {
    if (text.startsWith('retry:')) setTimeout(meanwhile, 5);
    else seen.push(text);
    if (seen.length === texts) ending.abort();
  }
  return seen.map((text) => `${/^event: (\w+)/.exec(text)?.[1]} ${/"id":"(\w+)"/.exec(text)?.[1] ?? ''} ${/^id: (.*)$/m.exec(text)?.[1] ?? ''}`.trim());
}

describe('the stream of events', () => {
  it('begins now, and goes on with what is committed', async () => {
    const kept = records({ events: [commit('1-1', 'a')] });
    expect(await read(kept, null, 2, () => kept.events.push(commit('1-2', 'b', 'c')))).toEqual(['incident b', 'incident c 1-2']);
  });

  it('goes on behind the event that came last', async () => {
    const kept = records({ events: [commit('1-1', 'a'), commit('1-2', 'b'), commit('1-3', 'c')] });
    expect(await read(kept, '1-1', 2)).toEqual(['incident b 1-2', 'incident c 1-3']);
  });

  it('says that events are missing when they are no longer kept', async () => {
    const kept = records({ events: [commit('2-1', 'a')] });
    expect(await read(kept, '1-1', 2)).toEqual(['reset', 'incident a 2-1']);
  });

  it('waits while the records cannot be read', async () => {
    let away = true;
    const model = memoryReadModel(records({ events: [commit('1-2', 'b')] }));
    const events: typeof model.events = (...range) => (away ? Promise.reject(new ServiceUnavailable('away', 1)) : model.events(...range));
    setTimeout(() => {
      away = false;
    }, 10);
    const ending = new AbortController();
    for await (const text of eventStream({ readModel: { ...model, events }, after: '1-1', signal: ending.signal, looking: 1 }))
      if (text.includes('"id":"b"')) ending.abort();
    expect(away).toBe(false);
  });

  it('shows that it lives while nothing happens', async () => {
    const ending = new AbortController();
    const texts: string[] = [];
    for await (const text of eventStream({ readModel: memoryReadModel(records()), after: null, signal: ending.signal, looking: 1, beating: 3 })) {
      texts.push(text);
      if (texts.length === 2) ending.abort();
    }
    expect(texts[1]).toBe(': still here\n\n');
  });
});

describe('GET /api/v1/events', () => {
  const api = apiServer();

  it('is a stream of events that the client ends', async () => {
    const app = api({ records: records({ events: [commit('1-1', 'a'), commit('1-2', 'b')] }) });
    const url = await app.listen({ host: '127.0.0.1', port: 0 });
    const leaving = new AbortController();
    const response = await fetch(`${url}/api/v1/events`, { headers: { 'last-event-id': '1-1' }, signal: leaving.signal });
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/event-stream; charset=utf-8']);
    let text = '';
    for await (const chunk of response.body ?? []) {
      text += Buffer.from(chunk).toString();
      if (text.includes('id: 1-2')) break;
    }
    leaving.abort();
    expect(text).toContain('event: incident\nid: 1-2\ndata: {"id":"b"');
  });

  it('refuses what is no id of an event', async () => {
    const answer = await api().inject({ url: '/api/v1/events', headers: { 'last-event-id': 'yesterday' } });
    expect([answer.statusCode, answer.json().code]).toEqual([400, 'invalid-cursor']);
  });
});
