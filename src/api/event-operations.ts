// Answers the stream of events.

import { Readable } from 'node:stream';
import type { ApiDependencies } from './dependencies.ts';
import { eventStream, isEventPosition } from './event-stream.ts';
import type { Handlers } from './operation.ts';
import { Problem } from './problem.ts';

/** How many streams a process serves at a time. */
const MOST_STREAMS = 200;

/** The handler of the stream, and what ends all of them when the service stops. */
export function eventOperations({ readModel }: ApiDependencies): { readonly handlers: Handlers<'streamEvents'>; readonly endAll: () => void } {
  const open = new Set<AbortController>();
  const streamEvents: Handlers<'streamEvents'>['streamEvents'] = async ({ headers }, reply) => {
    const after = headers['last-event-id'];
    if (typeof after === 'string' && !isEventPosition(after))
      throw new Problem({ status: 400, code: 'invalid-cursor', detail: 'only the id of an event of this stream is allowed', pointer: '/Last-Event-ID' });
    if (open.size >= MOST_STREAMS)
      throw new Problem({ status: 503, code: 'unavailable', detail: `${MOST_STREAMS} event streams are open, as many as are served`, retryAfterSeconds: 10 });
    const ending = new AbortController();
    open.add(ending);
    reply.raw.once('close', () => {
      ending.abort();
      open.delete(ending);
    });
    reply.header('cache-control', 'no-store').header('x-accel-buffering', 'no').type('text/event-stream; charset=utf-8');
    reply.send(Readable.from(eventStream({ readModel, after: typeof after === 'string' ? after : null, signal: ending.signal })));
    // What is sent is the stream; the type is that of its text.
    return reply as unknown as string;
  };
  return {
    handlers: { streamEvents },
    endAll() {
      for (const ending of open) ending.abort();
    },
  };
}
