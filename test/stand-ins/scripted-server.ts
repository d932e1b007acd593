// A real HTTP server on the loopback interface whose next answers can be scripted to fail.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TlsOptions } from 'node:tls';

/** How an answer fails instead of being given. */
export type Failure =
  /** Answers as usual, so that a later answer fails. */
  | { readonly kind: 'pass' }
  /** Takes effect at once, and answers as usual, but only after so many milliseconds. */
  | { readonly kind: 'late'; readonly after: number }
  /** Answers with this status and changes nothing. */
  | { readonly kind: 'status'; readonly status: number; readonly retryAfter?: number | string; readonly location?: string; readonly body?: string }
  /** Never answers. With `applied`, the request takes effect all the same. */
  | { readonly kind: 'hang'; readonly applied?: boolean }
  /** Answers 200 with `{"ok": false, "error": …}`, as Slack's Web API does. */
  | { readonly kind: 'error'; readonly error: string }
  /** Answers 200 with a body that is not what the protocol says; the request takes no effect. */
  | { readonly kind: 'malformed'; readonly body?: string }
  /** Breaks the connection, before or after the request took effect. */
  | { readonly kind: 'reset'; readonly applied: boolean };

/** A request that was read whole. */
export interface ReceivedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
  /** Milliseconds since 1970 at which it was read. */
  readonly at: number;
}

/** What a stand-in answers. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as it is when it is a text, else as JSON. */
  readonly body: unknown;
}

/** What every stand-in offers. */
export interface ScriptedServer {
  readonly origin: string;
  /** Every request, in the order in which they came, failed ones included. */
  readonly calls: readonly ReceivedRequest[];
  /** Makes the next `times` answers fail; several calls queue up. */
  failNext(failure: Failure, times?: number): void;
  /** Lets no further answer fail. */
  recover(): void;
  close(): Promise<void>;
}

/** Starts a server on `port` (0: any free one) that answers by `answer`, unless told to fail; over TLS when that is given. */
export async function startScriptedServer(answer: (request: ReceivedRequest) => Answer, port = 0, tls: TlsOptions | null = null): Promise<ScriptedServer> {
  const calls: ReceivedRequest[] = [];
  const failures: Failure[] = [];
  const take = (incoming: IncomingMessage, response: ServerResponse): void => {
    readBody(incoming).then(
      (body) => {
        const request = { method: incoming.method ?? '', path: incoming.url ?? '', headers: incoming.headers, body, at: Date.now() };
        calls.push(request);
        const failure = failures.shift();
        if (failure === undefined || failure.kind === 'pass') give(response, answer(request));
        else fail(failure, request, response);
      },
      () => response.destroy(),
    );
  };
  const server = tls === null ? createServer(take) : createSecureServer(tls, take);

  const fail = (failure: Exclude<Failure, { kind: 'pass' }>, request: ReceivedRequest, response: ServerResponse): void => {
    switch (failure.kind) {
      case 'status': {
        const headers = {
          ...(failure.retryAfter === undefined ? {} : { 'retry-after': String(failure.retryAfter) }),
          ...(failure.location === undefined ? {} : { location: failure.location }),
        };
        give(response, { status: failure.status, headers, body: failure.body ?? 'scripted failure' });
        return;
      }
      case 'late': {
        const given = answer(request);
        setTimeout(() => give(response, given), failure.after).unref();
        return;
      }
      case 'hang':
        if (failure.applied === true) answer(request);
        return;
      case 'error':
        give(response, { status: 200, body: { ok: false, error: failure.error } });
        return;
      case 'malformed':
        give(response, { status: 200, body: failure.body ?? '<html>a page of some proxy' });
        return;
      case 'reset':
        if (failure.applied) answer(request);
        // What is encrypted can only be ended.
        if (tls === null) response.socket?.resetAndDestroy();
        else response.socket?.destroy();
    }
  };

  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    origin: `${tls === null ? 'http' : 'https'}://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    failNext(failure, times = 1) {
      for (let i = 0; i < times; i++) failures.push(failure);
    },
    recover: () => void failures.splice(0),
    close: () => closeServer(server),
  };
}

async function readBody(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function give(response: ServerResponse, { status, headers, body }: Answer): void {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const type = typeof body === 'string' ? 'text/plain' : 'application/json';
  response.writeHead(status, { 'content-type': `${type}; charset=utf-8`, ...headers }).end(text);
}

async function closeServer(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
}
