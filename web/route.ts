// Decides what the part of the address behind `#` shows.

import { type Filter, filterOf } from './filter.ts';

/** What is looked at. */
export type Route =
  | { readonly view: 'incidents'; readonly filter: Filter }
  | { readonly view: 'incident'; readonly id: string }
  | { readonly view: 'suppressions' }
  | { readonly view: 'unknown'; readonly path: string };

/** What a hash such as `#/incidents/01J…` or `#/?severity=critical` shows. */
export function routeOf(hash: string): Route {
  const [path = '', query = ''] = splitOnce(hash.replace(/^#/, ''), '?');
  if (path === '' || path === '/' || path === '/incidents' || path === '/incidents/')
    return { view: 'incidents', filter: filterOf(new URLSearchParams(query)) };
  if (path === '/suppressions') return { view: 'suppressions' };
  const id = /^\/incidents\/([^/]+)\/?$/.exec(path)?.[1];
  return id === undefined ? { view: 'unknown', path } : { view: 'incident', id: decoded(id) };
}

/** The address of an incident, for `href`. */
export function incidentHref(id: string): string {
  return `#/incidents/${encodeURIComponent(id)}`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function splitOnce(text: string, separator: string): readonly string[] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}
