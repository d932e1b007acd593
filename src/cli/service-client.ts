// Asks a running service over its REST API, for commands.

/** Where the service is, and with what token. */
export interface ServiceAddress {
  readonly url: string;
  readonly token: string | null;
}

/** The service refused, or cannot be reached; the message is for people. */
export class ServiceRefusal extends Error {
  override readonly name = 'ServiceRefusal';
}

/** Reads `WINNOW_URL`, by default that of a service on this machine, and `WINNOW_TOKEN`; `--url` comes before. */
export function serviceAddress(url: string | null, env: Readonly<Record<string, string | undefined>>): ServiceAddress {
  return { url: (url ?? env['WINNOW_URL'] ?? 'http://127.0.0.1:9095').replace(/\/+$/, ''), token: env['WINNOW_TOKEN'] || null };
}

/** Asks, and answers the JSON; throws `ServiceRefusal`. */
export async function askService<T>({ url, token }: ServiceAddress, path: string, body?: unknown): Promise<T> {
  const headers = {
    accept: 'application/json',
    ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
  };
  let response: Response;
  try {
    response = await fetch(`${url}${path}`, body === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(body) });
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
    throw new ServiceRefusal(`${url} cannot be reached: ${cause}`);
  }
  const answer: unknown = await response.json().catch(() => null);
  if (response.ok) return answer as T;
  const { detail, code } = (answer ?? {}) as { readonly detail?: string; readonly code?: string };
  throw new ServiceRefusal(detail === undefined ? `${url} answered ${response.status}` : `${detail} (${code ?? response.status})`);
}
