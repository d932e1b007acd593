// Reads where an alert links to. Only http and https are let through: a link ends in messages and
// pages, where `javascript:` or a control character would do harm.

import type { AlertLinks } from '../model/alert.ts';
import type { JsonObject } from './json-object.ts';

const HTTP_URL = /^https?:\/\/[^\s\p{Cc}\p{Surrogate}]+$/iu;

const MEMBERS = { source: 'generatorURL', dashboard: 'dashboardURL', panel: 'panelURL', silence: 'silenceURL', image: 'imageURL' } as const;

/** Every alert of a webhook carries it; a longer one is offered nowhere. */
const MAX_EXTERNAL_URL = 1000;

/** Where the sender's own pages are reached (`externalURL`), or null when it is missing, no http(s) URL or longer than one can be. */
export function readExternalUrl(body: JsonObject): string | null {
  const url = body['externalURL'];
  return typeof url === 'string' && url.length <= MAX_EXTERNAL_URL && HTTP_URL.test(url) ? url : null;
}

const NAMES = Object.keys(MEMBERS) as readonly (keyof typeof MEMBERS)[];

/**
 * The links of an alert; those that are missing or not http(s) URLs are left out. Alertmanager
 * sends `generatorURL` alone, Grafana all of them.
 */
export function readLinks(alert: JsonObject): AlertLinks {
  const links: { -readonly [Name in keyof AlertLinks]: AlertLinks[Name] } = {};
  for (const name of NAMES) {
    const url = alert[MEMBERS[name]];
    if (typeof url === 'string' && HTTP_URL.test(url)) links[name] = url;
  }
  return links;
}
