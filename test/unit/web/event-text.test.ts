import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createEventReader } from '../../../web/event-text.ts';

const STREAM =
  'retry: 2000\n\n: still here\n\nevent: incident\ndata: {"id":"a"}\n\nevent: incident\nid: 17-2\ndata: {"title":"é: 1"}\n\nevent: reset\ndata: {}\n\n';
const EVENTS = [
  { name: 'incident', id: null },
  { name: 'incident', id: '17-2' },
  { name: 'reset', id: null },
];

describe('a stream of events', () => {
  it('is read alike in whatever pieces it comes', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(STREAM.length)), (cuts) => {
        const read = createEventReader();
        const places = [0, ...cuts.toSorted((a, b) => a - b), STREAM.length];
        expect(places.slice(1).flatMap((end, i) => [...read(STREAM.slice(places[i], end))])).toEqual(EVENTS);
      }),
    );
  });
});
