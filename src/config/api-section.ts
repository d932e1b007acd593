// `api`: who may use the REST API, and how much.

import { createHash } from 'node:crypto';
import type { ApiSettings, ApiToken, Role } from './config.ts';
import { hasSecret, readSecret, withFiles } from './secret-setting.ts';
import { fault, readList, readMap, type Setting } from './setting.ts';
import { given, readBoolean, readChoice, readInteger, readName } from './setting-value.ts';

/** What holds where there is no `api`. */
export const DEFAULT_API: ApiSettings = { tokens: [], allowAnonymous: false, requestsPerMinute: 6000 };

const ROLES: readonly Role[] = ['viewer', 'responder', 'admin'];
/** Shorter tokens can be guessed. */
const SHORTEST_TOKEN = 16;

/** Reads the section `api`. */
export function readApi(setting: Setting): ApiSettings {
  const fields = readMap(setting, { known: ['tokens', 'allow_anonymous', 'requests_per_minute'] });
  return {
    tokens: given(fields?.get('tokens'), readTokens) ?? DEFAULT_API.tokens,
    allowAnonymous: given(fields?.get('allow_anonymous'), readBoolean) ?? DEFAULT_API.allowAnonymous,
    requestsPerMinute: given(fields?.get('requests_per_minute'), readInteger(1, 1_000_000)) ?? DEFAULT_API.requestsPerMinute,
  };
}

function readTokens(setting: Setting): readonly ApiToken[] {
  const tokens: ApiToken[] = [];
  for (const item of readList(setting)) {
    const token = readToken(item);
    if (token === null) continue;
    if (tokens.some(({ name }) => name === token.name))
      fault(item, `the name ${JSON.stringify(token.name)} is that of an earlier token as well; each needs its own`);
    if (tokens.some(({ hash }) => hash === token.hash)) fault(item, 'the token is an earlier one as well; each needs its own');
    tokens.push(token);
  }
  return tokens;
}

function readToken(setting: Setting): ApiToken | null {
  const fields = readMap(setting, { known: ['name', 'role', ...withFiles('token')] });
  if (fields === null) return null;
  if (!fields.has('name')) fault(setting, 'has no name; one is needed');
  if (!fields.has('role')) fault(setting, `has no role; one of ${ROLES.join(', ')} is needed`);
  if (!hasSecret(fields, 'token')) fault(setting, 'has no token; token or token_file is needed');
  const name = given(fields.get('name'), readName);
  const role = given(fields.get('role'), readChoice(ROLES));
  const secret = readSecret(fields, 'token', (value) =>
    value.length >= SHORTEST_TOKEN && /^[\x21-\x7e]+$/.test(value)
      ? null
      : `is no good token; at least ${SHORTEST_TOKEN} printable ASCII characters without spaces are allowed`,
  );
  return name === null || role === null || secret === null ? null : { name, role, hash: hashOfToken(secret.reveal()) };
}

function hashOfToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
