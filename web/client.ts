// Asks the API: with the token if there is one, and without fetching again what has not changed.

/** An answer that was an error, in the words of its problem document. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  /** The HTTP status; 0 when there was no answer. */
  readonly status: number;

  constructor(status: number, detail: string) {
    super(detail);
    this.status = status;
  }
}

/** What a client is made of. */
export interface ClientOptions {
  readonly fetch: typeof fetch;
  /** The token to ask with, null for none. */
  readonly token: () => string | null;
}

/** Asks the API; paths are relative to the page, such as `api/v1/ledger`. Throws `Refusal`. */
export interface Client {
  get<T>(path: string): Promise<T>;
  post<T>(path: string, body: object): Promise<T>;
  /** The stream of events behind a position. */
  events(after: string | null, signal: AbortSignal): Promise<ReadableStream<Uint8Array>>;
}

/** How many answers are kept to compare with. */
const KEPT = 20;
/** How long an answer may take. */
const TIMEOUT = 20_000;

/** Makes a client. */
export function createClient({ fetch, token }: ClientOptions): Client {
  const kept = new Map<string, { readonly tag: string; readonly body: unknown }>();

  async function ask(path: string, init: RequestInit, headers: Record<string, string>): Promise<Response> {
    const secret = token();
    const authorization: Record<string, string> = secret === null ? {} : { authorization: `Bearer ${secret}` };
    const answer = await fetch(path, { ...init, cache: 'no-store', credentials: 'same-origin', headers: { ...headers, ...authorization } }).catch(() => {
      throw new Refusal(0, 'the service does not answer');
    });
    if (answer.ok || answer.status === 304) return answer;
    throw new Refusal(answer.status, await detailOf(answer));
  }

  return {
    async get<T>(path: string) {
      const before = kept.get(path);
      const answer = await ask(path, { signal: AbortSignal.timeout(TIMEOUT) }, before === undefined ? {} : { 'if-none-match': before.tag });
      if (answer.status === 304 && before !== undefined) return before.body as T;
      const body = (await answer.json()) as T;
      const tag = answer.headers.get('etag');
      kept.delete(path);
      if (tag !== null) kept.set(path, { tag, body });
      for (const oldest of kept.keys()) if (kept.size > KEPT) kept.delete(oldest);
      return body;
    },
    async post<T>(path: string, body: object) {
      const headers = { 'content-type': 'application/json', 'idempotency-key': randomKey() };
      const answer = await ask(path, { method: 'POST', body: JSON.stringify(body), signal: AbortSignal.timeout(TIMEOUT) }, headers);
      return (await answer.json()) as T;
    },
    async events(after, signal) {
      const answer = await ask('api/v1/events', { signal }, after === null ? {} : { 'last-event-id': after });
      if (answer.body === null) throw new Refusal(answer.status, 'the stream is empty');
      return answer.body;
    },
  };
}

async function detailOf(answer: Response): Promise<string> {
  const problem: unknown = await answer.json().catch(() => null);
  const detail = typeof problem === 'object' && problem !== null && 'detail' in problem ? problem.detail : null;
  return typeof detail === 'string' ? detail : `the service answered ${answer.status}`;
}

/** `crypto.randomUUID` is there in secure contexts only. */
function randomKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
