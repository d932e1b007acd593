// Asks a running service over its REST API, for commands.

/** A service and who asks it. */
export interface ServiceAddress {
  /** Such as `http://127.0.0.1:9095`, without a slash at its end. */
  readonly url: string;
  /** A token of `api.tokens`; null without one. */
  readonly token: string | null;
}

/** What the service refused, or that it could not be reached; the message is one line for people. */
export class ServiceRefusal extends Error {
  override readonly name = 'ServiceRefusal';
}

/** Says that what names the service is no address. */
export const NO_ADDRESS = '--url, or WINNOW_URL, takes the address of the service, such as http://127.0.0.1:9095';

/**
 * Where the service is and with what token it is asked: `--url` and `--token`, else `WINNOW_URL` and `WINNOW_TOKEN`, else
 * where `WINNOW_LISTEN` says that a service of this machine listens. Null when that is no address.
 */
export function serviceAddress(
  said: { readonly url: string | null; readonly token: string | null },
  env: Readonly<Record<string, string | undefined>>,
): ServiceAddress | null {
  const url = said.url ?? (env['WINNOW_URL'] || `http://${(env['WINNOW_LISTEN'] || '127.0.0.1:9095').replace(/^(?:0\.0\.0\.0)?(?=:\d)/, '127.0.0.1')}`);
  if (!/^https?:\/\//.test(url) || !URL.canParse(url)) return null;
  return { url: url.replace(/\/+$/, ''), token: said.token ?? (env['WINNOW_TOKEN'] || null) };
}

/** Sends one request and answers its JSON. Throws `ServiceRefusal` for any answer but a success, and when there is none within 30 s. */
export async function askService<T>(
  { url, token }: ServiceAddress,
  path: string,
  request: { readonly method?: string; readonly body?: unknown } = {},
): Promise<T> {
  const { method = 'GET', body } = request;
  const headers = { ...(token === null ? {} : { authorization: `Bearer ${token}` }), ...(body === undefined ? {} : { 'content-type': 'application/json' }) };
  let answer: Response;
  let text: string;
  try {
    answer = await fetch(`${url}${path}`, {
      method,
      headers,
      signal: AbortSignal.timeout(30_000),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    text = await answer.text();
  } catch (error) {
    const reason = error instanceof Error ? (error.cause instanceof Error ? error.cause.message : error.message) : String(error);
    throw new ServiceRefusal(`${url} cannot be reached: ${reason}`);
  }
  if (answer.ok) return JSON.parse(text) as T;
  throw new ServiceRefusal(`${url} answers ${answer.status}: ${detailOf(text)}`);
}

function detailOf(text: string): string {
  try {
    const { detail } = JSON.parse(text) as { readonly detail?: unknown };
    if (typeof detail === 'string') return detail;
  } catch {
    // What is no problem document is shown as it came.
  }
  return text.slice(0, 200);
}
