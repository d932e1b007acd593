// The one name of a machine that goes by several, and of what an address or a probe's target names.

const IPV4 = /^\d{1,3}(?:\.\d{1,3}){3}$/;
const IPV4_WITH_UNDERSCORES = /^\d{1,3}(?:_\d{1,3}){3}$/;
const PORT = /:\d{1,5}$/;
const SCHEME = /^[a-z][a-z0-9+.-]{0,31}:\/\//i;

/**
 * The one name of a machine that goes by several: port, domain and case are dropped from
 * `GPU-7.cluster.local:9100`; an address keeps all but its port, and loopback names keep the port too,
 * since they are another machine for each who says them. Flink's `172_18_0_7` is read as an address.
 */
export function machineName(name: string): string {
  const host = withoutPort(name).toLowerCase();
  if (isLoopbackHost(host)) return name.toLowerCase();
  if (isAddress(host)) return host.replaceAll('_', '.');
  const dot = host.indexOf('.');
  return dot > 0 ? host.slice(0, dot) : host;
}

/** Whether the text is an IP address, with or without a port, and not a name. */
export function isAddress(name: string): boolean {
  const host = withoutPort(name);
  return host.includes(':') || IPV4.test(host) || IPV4_WITH_UNDERSCORES.test(host);
}

/** Whether the text is a loopback name or address, with or without a port: another machine for each who says it. */
export function isLoopback(name: string): boolean {
  return isLoopbackHost(withoutPort(name).toLowerCase());
}

/**
 * The name of a server that is reached over the network: `redis://User:pw@Cache.prod.svc:6379/0` is `cache.prod.svc`.
 * Scheme, credentials, port and path are dropped; the domain stays, since it tells servers of one name apart.
 */
export function serverName(address: string): string {
  const afterScheme = address.replace(SCHEME, '');
  const authority = afterScheme.slice(0, endOf(afterScheme, '/?#'));
  return withoutPort(authority.slice(authority.lastIndexOf('@') + 1)).toLowerCase();
}

/**
 * The name of a URL that is probed or called: `https://API.example.org/v1/?key=x` is `api.example.org/v1`.
 * Scheme, credentials, query and a slash at the end are dropped. Null when the text is no URL.
 */
export function endpointName(url: string): string | null {
  if (!SCHEME.test(url)) return null;
  const afterScheme = url.replace(SCHEME, '');
  const authorityEnd = endOf(afterScheme, '/?#');
  const authority = afterScheme.slice(0, authorityEnd);
  const rest = afterScheme.slice(authorityEnd);
  const path = rest.slice(0, endOf(rest, '?#'));
  const host = authority.slice(authority.lastIndexOf('@') + 1).toLowerCase();
  return host === '' ? null : `${host}${path.endsWith('/') ? path.slice(0, -1) : path}`;
}

/** `10.0.0.7:9100` and `[::1]:9100` without the port; an address of several colons and no brackets has none. */
function withoutPort(name: string): string {
  const bareAddress = !name.startsWith('[') && name.indexOf(':') !== name.lastIndexOf(':');
  return bareAddress ? name : name.replace(PORT, '');
}

function isLoopbackHost(host: string): boolean {
  return host === 'localhost' || host.startsWith('localhost.') || host === '[::1]' || host === '::1' || (host.startsWith('127.') && IPV4.test(host));
}

function endOf(text: string, marks: string): number {
  for (let i = 0; i < text.length; i++) if (marks.includes(text.charAt(i))) return i;
  return text.length;
}
