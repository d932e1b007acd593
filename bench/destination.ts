// Where messages end: answers as PagerDuty's Events API and as a webhook do, without limits, and counts.

import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A destination that listens. */
export interface Destination {
  readonly url: string;
  close(): Promise<void>;
}

/** Starts a destination on a free port. `GET /seen` answers the number of distinct alerts that webhooks brought; `onMessage` gets each message once it is read. */
export async function startDestination(onMessage: (body: string) => void = () => undefined): Promise<Destination> {
  const seen = new Set<string>();
  const server = createServer((request, response) => {
    if (request.method === 'GET') return void response.end(String(seen.size));
    const read = (body: string) => {
      onMessage(body);
      const pagerduty = request.url === '/v2/enqueue';
      if (!pagerduty) for (const { fingerprint } of (JSON.parse(body) as { alerts: { fingerprint: string }[] }).alerts) seen.add(fingerprint);
      const answer = pagerduty ? { status: 'success', message: 'Event processed', dedup_key: 'one' } : {};
      response.writeHead(pagerduty ? 202 : 200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
    };
    // Whoever sends may be stopped in the middle of a message.
    bodyOf(request).then(read, () => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
