import { describe, expect, it } from 'vitest';
import type { EngineEvent } from '../../../src/correlate/event.ts';
import { type BatchJob, decodeBatch, encodeBatch, sizeOf } from '../../../src/queue/job-codec.ts';
import { alert, malformed, webhook } from './webhooks.ts';

/** What comes out of Redis when events were put in. */
function throughRedis(events: readonly EngineEvent[]): readonly EngineEvent[] {
  return decodeBatch(JSON.parse(JSON.stringify(encodeBatch(events))) as BatchJob);
}

describe('a batch', () => {
  it('comes out of a job as it went in, whatever its events are', () => {
    const events: readonly EngineEvent[] = [
      webhook({
        source: 'grafana',
        alerts: [
          alert(1, {
            status: 'resolved',
            labels: new Map([
              ['alertname', 'NodeDown'],
              ['node', 'gpu-7'],
            ]),
            annotations: new Map([['summary', 'Knoten "gpu-7" ist weg 😀\n']]),
            startsAt: { ms: 1_772_359_200_123, text: '2026-03-01T10:00:00.123456789Z' },
            endsAt: { ms: 1_772_359_260_000, text: '2026-03-01T10:01:00Z' },
            links: { source: 'https://prometheus.example/graph' },
            source: 'grafana',
            groupKey: '{}:{alertname="NodeDown"}',
          }),
        ],
        malformed: malformed(2),
      }),
      {
        kind: 'change',
        receivedAt: 1,
        change: { id: 'deploy-7', entity: 'model/ranker', summary: 'ranker v41', kind: 'model-promotion', at: 1, link: null },
      },
      { kind: 'action', receivedAt: 2, action: 'acknowledge', incidentId: null, fingerprints: ['0000000000000001'], by: 'ada', comment: 'mine' },
      { kind: 'topology', receivedAt: 3, edges: [{ from: 'model/ranker', to: 'node/gpu-7', origin: 'put' }] },
      {
        kind: 'delivery',
        receivedAt: 4,
        deliveryId: '01KJMSEG0058H9CPQHM6CY8Q3T~console',
        seq: 1,
        outcome: 'sent',
        version: 2,
        status: 'open',
        reference: { channel: 'C1', ts: '1.2' },
        error: null,
      },
      { kind: 'retry', receivedAt: 5, deliveryId: '01KJMSEG0058H9CPQHM6CY8Q3T~console', by: 'ada' },
    ];
    expect(throughRedis(events)).toEqual(events);
  });

  it('keeps labels that are named as the members of an object are', () => {
    const labels = new Map([
      ['__proto__', 'a'],
      ['constructor', 'b'],
      ['hasOwnProperty', 'c'],
    ]);
    const [event] = throughRedis([webhook({ alerts: [alert(1, { labels, annotations: new Map([['__proto__', 'd']]) })] })]);
    expect(event?.kind === 'webhook' ? event.alerts : []).toEqual([alert(1, { labels, annotations: new Map([['__proto__', 'd']]) })]);
    expect(Object.getPrototypeOf({})).toBe(Object.prototype);
  });

  it('leaves the events that it was made of alone', () => {
    const event = webhook({ alerts: [alert(1)] });
    encodeBatch([event]);
    expect(event).toEqual(webhook({ alerts: [alert(1)] }));
  });

  it.each([0, 2, 99])('of version %i is not read', (v) => {
    expect(() => decodeBatch({ v, events: [] })).toThrow(`a job of version ${v} cannot be read; this service knows version 1`);
  });

  it('without a version is not read', () => {
    expect(() => decodeBatch({ events: [] } as unknown as BatchJob)).toThrow('a job of version undefined cannot be read');
  });
});

describe('the size of an event', () => {
  it('is about that of its JSON', () => {
    const said = new Map(Array.from({ length: 40 }, (_, i) => [`annotation_${i}`, 'x'.repeat(250)]));
    const event = webhook({ alerts: Array.from({ length: 50 }, (_, i) => alert(i, { annotations: said })), malformed: malformed(10) });
    const written = JSON.stringify(encodeBatch([event])).length;
    expect(sizeOf(event)).toBeGreaterThan(0.9 * written);
    expect(sizeOf(event)).toBeLessThan(1.2 * written);
  });

  it('counts what is kept of malformed alerts', () => {
    expect(sizeOf(webhook({ malformed: [{ pointer: '/alerts/0', detail: 'd', raw: 'x'.repeat(16_000) }] }))).toBeGreaterThan(16_000);
  });
});
