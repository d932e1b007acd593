// Gets the tokens that requests bear, with a client's credentials (RFC 6749, 4.4), and keeps each as long as it is good.

import { type Instant, type Milliseconds, SECOND } from '../../model/time.ts';
import { outcomeOfStatus, postForm } from '../http-post.ts';
import type { SendOutcome } from '../integration.ts';
import type { OAuth2Settings } from '../target.ts';

/** The value of the header `Authorization`, and whether it had been used before; or why there is none. */
export type TokenAnswer = { readonly authorization: string; readonly kept: boolean } | { readonly failure: SendOutcome };

/** Tokens by the settings that they are asked for with. */
export interface Tokens {
  get(settings: OAuth2Settings, timeoutMs: Milliseconds): Promise<TokenAnswer>;
  /** A token was refused: unless there is another by now, the next one is asked for anew. */
  forget(settings: OAuth2Settings, authorization: string): void;
}

interface Kept {
  readonly authorization: string;
  readonly until: Instant;
}

/** A token is given up so long before its end, as Go's client does. */
const EARLY: Milliseconds = 10 * SECOND;

/** Makes the tokens of one process. */
export function createTokens(now: () => Instant = Date.now): Tokens {
  const kept = new WeakMap<OAuth2Settings, Kept>();
  const asked = new WeakMap<OAuth2Settings, Promise<TokenAnswer>>();
  const ask = async (settings: OAuth2Settings, timeoutMs: Milliseconds): Promise<TokenAnswer> => {
    const answer = await request(settings, timeoutMs);
    asked.delete(settings);
    if ('failure' in answer) return answer;
    const { authorization, lasts } = answer;
    kept.set(settings, { authorization, until: lasts === null ? Number.POSITIVE_INFINITY : now() + lasts - EARLY });
    return { authorization, kept: false };
  };
  return {
    get(settings, timeoutMs) {
      const known = kept.get(settings);
      if (known !== undefined && now() < known.until) return Promise.resolve({ authorization: known.authorization, kept: true });
      const running = asked.get(settings) ?? ask(settings, timeoutMs);
      asked.set(settings, running);
      return running;
    },
    forget(settings, authorization) {
      if (kept.get(settings)?.authorization === authorization) kept.delete(settings);
    },
  };
}

type Asked = { readonly authorization: string; readonly lasts: Milliseconds | null } | { readonly failure: SendOutcome };

/** Asks with the credentials in the header, and where that is refused in the form, as Go's client does. */
async function request(settings: OAuth2Settings, timeoutMs: Milliseconds): Promise<Asked> {
  const { clientId, clientSecret, scopes, endpointParams } = settings;
  const secret = clientSecret.reveal();
  const form = { grant_type: 'client_credentials', ...(scopes.length === 0 ? {} : { scope: scopes.join(' ') }), ...Object.fromEntries(endpointParams) };
  const basic = Buffer.from(`${encoded(clientId)}:${encoded(secret)}`).toString('base64');
  const common = {
    url: settings.tokenUrl,
    timeoutMs,
    ...(settings.tls === undefined ? {} : { tls: settings.tls }),
    ...(settings.proxy === undefined ? {} : { proxy: settings.proxy }),
  };
  const first = await postForm({ ...common, form, headers: { authorization: `Basic ${basic}` } });
  const refused = 'answer' in first && (first.answer.status === 400 || first.answer.status === 401);
  const result = refused ? await postForm({ ...common, form: { ...form, client_id: clientId, client_secret: secret } }) : first;
  if ('failure' in result) return { failure: unsent(result.failure) };
  const { status, retryAfter, body } = result.answer;
  // What is answered may repeat the credentials.
  return status === 200 ? (readToken(body) ?? { failure: NO_TOKEN }) : { failure: unsent(outcomeOfStatus(status, retryAfter, 'asked for a token')) };
}

const NO_TOKEN: SendOutcome = { kind: 'retry', after: null, error: 'was given no token that can be used', uncertain: false };

/** Whatever became of the token, the message itself was not sent. */
function unsent(outcome: SendOutcome): SendOutcome {
  return outcome.kind === 'retry' ? { ...outcome, uncertain: false } : outcome;
}

function readToken(body: string): Asked | null {
  let answer: unknown;
  try {
    answer = JSON.parse(body);
  } catch {
    return null;
  }
  if (typeof answer !== 'object' || answer === null) return null;
  const { access_token: token, token_type: type, expires_in: seconds } = answer as Readonly<Record<string, unknown>>;
  if (typeof token !== 'string' || !/^[\x21-\x7e]+$/.test(token)) return null;
  const scheme = typeof type === 'string' && /^[\w-]+$/.test(type) && type.toLowerCase() !== 'bearer' ? type : 'Bearer';
  const lasts = Number(seconds ?? Number.NaN);
  return { authorization: `${scheme} ${token}`, lasts: Number.isFinite(lasts) && lasts > 0 ? lasts * SECOND : null };
}

/** As forms encode it, which is asked for in the header too (RFC 6749, 2.3.1). */
function encoded(text: string): string {
  return new URLSearchParams([['', text]]).toString().slice(1);
}
