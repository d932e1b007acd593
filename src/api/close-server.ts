// Closes the HTTP server in time, whoever is connected: a sender that keeps its connection open would hold it up for more than a minute.

import { type Milliseconds, SECOND } from '../model/time.ts';

/** How long requests in hand may take; a webhook takes a second at most. */
const PATIENCE: Milliseconds = 3 * SECOND;
/** How often connections are closed whose request has been answered meanwhile. */
const LOOKING: Milliseconds = 50;

/** What is closed: a Fastify application, as far as it matters here. */
export interface ClosableServer {
  close(): PromiseLike<unknown>;
  readonly server: { closeIdleConnections(): void; closeAllConnections(): void };
}

/** Takes no more requests, answers those in hand, and resolves when all connections are closed; after three seconds they are cut. */
export async function closeServer(app: ClosableServer): Promise<void> {
  const idle = setInterval(() => app.server.closeIdleConnections(), LOOKING);
  const late = setTimeout(() => app.server.closeAllConnections(), PATIENCE);
  try {
    await app.close();
  } finally {
    clearInterval(idle);
    clearTimeout(late);
  }
}
