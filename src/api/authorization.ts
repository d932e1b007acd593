// Who asks, and whether their token allows it.

import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { ApiSettings, ApiToken, Role } from '../config/config.ts';
import type { OpenapiDocument } from './openapi-document.ts';
import { Problem } from './problem.ts';

const RANKS: Readonly<Record<Role, number>> = { viewer: 0, responder: 1, admin: 2 };

/** The configured token that a request carries as `Authorization: Bearer TOKEN`; null when there is none. */
export function tokenOf({ tokens }: Pick<ApiSettings, 'tokens'>, { authorization = '' }: IncomingHttpHeaders): ApiToken | null {
  const given = /^bearer +(\S+) *$/i.exec(authorization)?.[1];
  if (given === undefined) return null;
  const hash = createHash('sha256').update(given, 'latin1').digest();
  // All are compared, so that the time tells nothing of which one it was.
  let found: ApiToken | null = null;
  for (const token of tokens) if (timingSafeEqual(hash, Buffer.from(token.hash, 'hex'))) found = token;
  return found;
}

/** Throws `unauthorized` or `forbidden` unless a request may do what needs the role. Without any configured token everybody may do everything. */
export function assertAllowed(settings: Pick<ApiSettings, 'tokens'>, headers: IncomingHttpHeaders, role: Role): void {
  if (settings.tokens.length === 0) return;
  const token = tokenOf(settings, headers);
  if (token === null) {
    throw new Problem({
      status: 401,
      code: 'unauthorized',
      detail: `${headers.authorization === undefined ? 'a token is needed' : 'the token is not known'}; one of api.tokens is allowed, as in Authorization: Bearer TOKEN`,
      challenge: 'Bearer realm="winnow"',
    });
  }
  if (RANKS[token.role] < RANKS[role])
    throw new Problem({
      status: 403,
      code: 'forbidden',
      detail: `the token ${JSON.stringify(token.name)} has the role ${token.role}; this needs ${role === 'admin' ? 'admin' : `${role} or admin`}`,
    });
}

interface Described {
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
}

/** The role that each operation of the document needs, by `METHOD /path/:parameter`; operations that need none are left out. */
export function rolesOf(document: OpenapiDocument): ReadonlyMap<string, Role> {
  const { security: usual = [], paths } = document as { security?: Described['security']; paths: Record<string, Record<string, Described>> };
  const roles = new Map<string, Role>();
  for (const [path, operations] of Object.entries(paths)) {
    for (const [method, { security = usual }] of Object.entries(operations)) {
      const role = security.find((way) => way['token'] !== undefined)?.['token']?.[0];
      if (role !== undefined) roles.set(`${method.toUpperCase()} ${path.replace(/{(\w+)}/g, ':$1')}`, role as Role);
    }
  }
  return roles;
}
