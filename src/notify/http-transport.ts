// Carries one HTTP request: by `fetch`, or by Node's own client where the connection has TLS settings or a proxy of its own.
// No redirect is followed.

import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import type { Secret } from '../model/secret.ts';
import type { TlsSettings } from './target.ts';
import { tlsOptions } from './tls-options.ts';

/** Which way a request takes; left out for the usual. */
export interface Way {
  readonly tls?: TlsSettings;
  /** The proxy's URL. */
  readonly proxy?: Secret;
}

/** A request that posts. */
export interface Posted {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly signal: AbortSignal;
}

/** The answer, its body yet to be read. */
export interface Carried {
  readonly status: number;
  readonly header: (name: string) => string | null;
  readonly body: AsyncIterable<Uint8Array>;
}

/** A proxy that does not let the request through; the code says what it answered. */
class ProxyRefused extends Error {
  override readonly name = 'ProxyRefused';
  readonly code: string;

  constructor(status: number) {
    super('the proxy does not let it through');
    this.code = `PROXY_ANSWERED_${status}`;
  }
}

/** Sends a request. Rejects when there is no answer, by the signal's own reason when that ended it. */
export async function carry(posted: Posted, { tls, proxy }: Way): Promise<Carried> {
  if (tls === undefined && proxy === undefined) {
    const { url, headers, body, signal } = posted;
    const response = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal });
    return { status: response.status, header: (name) => response.headers.get(name), body: response.body ?? NOTHING };
  }
  try {
    const answer = await byNode(posted, tls, proxy === undefined ? null : new URL(proxy.reveal()));
    const header = (name: string) => [answer.headers[name] ?? null].flat()[0] ?? null;
    return { status: answer.statusCode ?? 0, header, body: untilAborted(answer, posted.signal) };
  } catch (error) {
    throw posted.signal.aborted ? posted.signal.reason : error;
  }
}

const NOTHING: AsyncIterable<Uint8Array> = {
  async *[Symbol.asyncIterator]() {
    // There is no body.
  },
};

async function* untilAborted(answer: IncomingMessage, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  try {
    yield* answer as AsyncIterable<Uint8Array>;
  } catch (error) {
    throw signal.aborted ? signal.reason : error;
  }
}

async function byNode({ url: text, headers, body, signal }: Posted, tls: TlsSettings | undefined, proxy: URL | null): Promise<IncomingMessage> {
  const url = new URL(text);
  const secure = url.protocol === 'https:';
  const common = { method: 'POST', headers: { ...headers, host: url.host, 'content-length': Buffer.byteLength(body) }, signal, agent: false } as const;
  const path = `${url.pathname}${url.search}`;
  if (proxy === null) {
    const options = { ...common, host: hostOf(url), port: url.port, path };
    return answerTo(secure ? requestHttps({ ...options, ...(tls === undefined ? {} : tlsOptions(tls)) }) : requestHttp(options), body);
  }
  if (!secure) {
    const options = { host: hostOf(proxy), port: proxy.port, path: url.href, headers: { ...common.headers, ...proxyAuthorization(proxy) } };
    return answerTo((proxy.protocol === 'https:' ? requestHttps : requestHttp)({ ...common, ...options }), body);
  }
  const socket = await overTls(await tunnel(url, proxy, signal), url, tls, signal);
  const { agent: _, ...direct } = common;
  return answerTo(requestHttp({ ...direct, host: hostOf(url), path, createConnection: () => socket }), body);
}

function answerTo(request: ReturnType<typeof requestHttp>, body: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request.on('response', resolve).on('error', reject).end(body);
  });
}

/** A connection to where the URL leads, through the proxy (RFC 9110, 9.3.6). */
function tunnel(url: URL, proxy: URL, signal: AbortSignal): Promise<Socket> {
  const authority = `${url.hostname}:${url.port || '443'}`;
  const options = { host: hostOf(proxy), port: proxy.port, method: 'CONNECT', path: authority, signal, agent: false as const };
  const request = (proxy.protocol === 'https:' ? requestHttps : requestHttp)({ ...options, headers: { host: authority, ...proxyAuthorization(proxy) } });
  return new Promise((resolve, reject) => {
    request
      .on('connect', ({ statusCode = 0 }, socket) => {
        if (statusCode >= 200 && statusCode < 300) {
          resolve(socket);
          return;
        }
        socket.destroy();
        reject(new ProxyRefused(statusCode));
      })
      .on('response', (answer) => {
        answer.destroy();
        reject(new ProxyRefused(answer.statusCode ?? 0));
      })
      .on('error', reject)
      .end();
  });
}

function overTls(socket: Socket, url: URL, tls: TlsSettings | undefined, signal: AbortSignal): Promise<TLSSocket> {
  const host = hostOf(url);
  return new Promise((resolve, reject) => {
    const secured = connectTls({ socket, host, ...(isIP(host) === 0 ? { servername: host } : {}), ...(tls === undefined ? {} : tlsOptions(tls)) });
    const end = () => secured.destroy(signal.reason);
    signal.addEventListener('abort', end, { once: true });
    secured.once('error', reject).once('secureConnect', () => resolve(secured));
    secured.once('close', () => signal.removeEventListener('abort', end));
  });
}

function proxyAuthorization({ username, password }: URL): Readonly<Record<string, string>> {
  if (username === '' && password === '') return {};
  return { 'proxy-authorization': `Basic ${Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64')}` };
}

/** The host without the brackets of an IPv6 address. */
function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[(.*)\]$/, '$1');
}
