// A stand-in for whatever reads Alertmanager's webhooks.

import type { TlsOptions } from 'node:tls';
import { type Failure, type ReceivedRequest, startScriptedServer } from './scripted-server.ts';

/** A running stand-in. */
export interface WebhookStandIn {
  /** The URL, which holds the secret `/hooks/SECRET`. */
  readonly url: string;
  readonly calls: readonly ReceivedRequest[];
  /** The bodies that were taken, oldest first. */
  readonly bodies: readonly Readonly<Record<string, unknown>>[];
  failNext(failure: Failure, times?: number): void;
  close(): Promise<void>;
}

/** Starts the stand-in, over TLS when that is given. */
export async function startWebhook({
  secret = 'hook',
  tls = null,
}: {
  readonly secret?: string;
  readonly tls?: TlsOptions | null;
} = {}): Promise<WebhookStandIn> {
  const bodies: Readonly<Record<string, unknown>>[] = [];
  const server = await startScriptedServer(
    ({ method, path, body }) => {
      if (method !== 'POST' || path !== `/hooks/${secret}`) return { status: 404, body: '' };
      bodies.push(JSON.parse(body));
      return { status: 200, body: '' };
    },
    0,
    tls,
  );
  return { url: `${server.origin}/hooks/${secret}`, calls: server.calls, bodies, failNext: server.failNext, close: server.close };
}
