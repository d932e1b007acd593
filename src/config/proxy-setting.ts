// `proxy_url`: through which proxy requests go. It may hold a password, so it is a secret.

import { Secret } from '../model/secret.ts';
import { fault, readText, type Setting } from './setting.ts';

/** Reads the URL of a proxy; null when it is wrong, having noted why without it. */
export function readProxy(setting: Setting): Secret | null {
  const text = readText(setting);
  if (text === null) return null;
  const url = URL.canParse(text) ? new URL(text) : null;
  if ((url?.protocol === 'http:' || url?.protocol === 'https:') && url.hostname !== '') return new Secret(text);
  fault(setting, 'is not the URL of a proxy that Winnow can use; http://HOST:PORT and https://HOST:PORT are allowed');
  return null;
}
