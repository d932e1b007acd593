// Asks a running service over REST, for commands.

/** A service and who asks it. */
export interface ServiceAddress {
  /** Such as `http://127.0.0.1:9095`, without a slash at its end. */
  readonly url: string;
  /** A token of `api.tokens`; null without one. */
  readonly token: string | null;
}

/** What the service refused, or that it could not be reached, in one line. */
export class ServiceRefused extends Error {
  override readonly name = 'ServiceRefused';
}

/** Sends one request and answers its JSON. Throws `ServiceRefused` for any answer but a success, and when there is none within 30 s. */
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
    throw new ServiceRefused(`${url} cannot be reached: ${reason}`);
  }
  if (answer.ok) return JSON.parse(text) as T;
  throw new ServiceRefused(`${url} answers ${answer.status}: ${detailOf(text)}`);
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
