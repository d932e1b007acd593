import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Command } from '../../../src/api/commands.ts';
import { exposureOf } from '../../../src/api/exposure.ts';
import { loadOpenapiDocument } from '../../../src/api/openapi-document.ts';
import type { ApiToken, Role } from '../../../src/config/config.ts';
import { apiServer } from './api-server.ts';
import { records } from './memory-read-model.ts';
import { incident } from './records.ts';

const api = apiServer();

const token = (role: Role): ApiToken => ({ name: `the ${role}`, role, hash: createHash('sha256').update(`token-of-${role}`).digest('hex') });
const settings = { tokens: [token('viewer'), token('responder'), token('admin')], allowAnonymous: false, requestsPerMinute: 1_000_000 };
const bearer = (role: string) => ({ authorization: `Bearer token-of-${role}` });
const kept = records({ incidents: [incident({ id: '01A' })] });

const REQUESTS = {
  read: { method: 'GET', url: '/api/v1/incidents' },
  preview: { method: 'POST', url: '/api/v1/silences/preview', payload: { matchers: ['node="gpu-7"'] } },
  act: { method: 'POST', url: '/api/v1/incidents/01A/acknowledge' },
  administer: { method: 'PUT', url: '/api/v1/topology', payload: { edges: [] } },
  audit: { method: 'GET', url: '/api/v1/audit' },
} as const;

describe('where there are tokens', () => {
  it.each([
    ['viewer', [200, 200, 403, 403, 403]],
    ['responder', [200, 200, 200, 403, 403]],
    ['admin', [200, 200, 200, 200, 200]],
    ['nobody', [401, 401, 401, 401, 401]],
  ])('a %s is answered %j', async (role, statuses) => {
    const app = api({ api: settings, records: kept });
    const answers = [];
    for (const request of Object.values(REQUESTS)) answers.push(await app.inject({ ...request, headers: bearer(role) }));
    expect(answers.map(({ statusCode }) => statusCode)).toEqual(statuses);
  });

  it.each([[undefined], ['Basic dG9rZW4tb2YtYWRtaW4='], ['token-of-admin'], [`Bearer ${token('admin').hash}`], ['Bearer ']])(
    'the header %s is not one',
    async (authorization) => {
      const answer = await api({ api: settings }).inject({ ...REQUESTS.read, headers: authorization === undefined ? {} : { authorization } });
      expect([answer.statusCode, answer.json().code, answer.headers['www-authenticate']]).toEqual([401, 'unauthorized', 'Bearer realm="winnow"']);
    },
  );

  it.each([
    [{}, 'a token is needed; one of api.tokens is allowed, as in Authorization: Bearer TOKEN'],
    [bearer('nobody'), 'the token is not known; one of api.tokens is allowed, as in Authorization: Bearer TOKEN'],
    [bearer('viewer'), 'the token "the viewer" has the role viewer; this needs responder or admin'],
  ])('%j is told why it is refused', async (headers, detail) => {
    const answer = await api({ api: settings, records: kept }).inject({ ...REQUESTS.act, headers });
    expect(answer.json().detail).toBe(detail);
  });

  it.each(['/-/healthy', '/-/ready', '/metrics', '/openapi.json', '/errors', '/', '/index', '/web/main.js'])('%s needs none', async (url) => {
    expect((await api({ api: settings }).inject(url)).statusCode).toBe(200);
  });

  it('by is the name of the token, whatever the body says', async () => {
    const commands: Command[] = [];
    const submit = async (command: Command) => {
      commands.push(command);
      return { ok: true, incidentId: '01A' } as const;
    };
    const app = api({ api: settings, records: kept, submit });
    await app.inject({ ...REQUESTS.act, payload: { by: 'mallory' }, headers: bearer('responder') });
    await app.inject({ ...REQUESTS.administer, headers: bearer('admin') });
    expect(commands).toMatchObject([{ by: 'the responder' }, { by: 'the admin' }]);
  });
});

describe('the API document', () => {
  it('asks more than a viewer for whatever changes something', () => {
    const paths = loadOpenapiDocument()['paths'] as Record<string, Record<string, { security?: object }>>;
    const changing = Object.entries(paths).flatMap(([path, item]) =>
      Object.entries(item).flatMap(([method, { security }]) =>
        ['post', 'put', 'patch', 'delete'].includes(method) ? [[`${method} ${path}`, security] as const] : [],
      ),
    );
    expect(changing.length).toBeGreaterThan(5);
    for (const [operation, security] of changing) expect(security, operation).toBeDefined();
  });
});

describe('without tokens', () => {
  it('everybody may do everything', async () => {
    expect((await api({ records: kept }).inject(REQUESTS.administer)).statusCode).toBe(200);
  });

  it.each([
    ['127.0.0.1', true],
    ['127.1.2.3', true],
    ['::1', true],
    ['localhost', true],
    ['0.0.0.0', false],
    ['::', false],
    ['10.0.0.7', false],
    ['127.evil.example', false],
  ])('it may be served on %s: %s', (host, allowed) => {
    expect(exposureOf({ tokens: [], allowAnonymous: false }, host) === null).toBe(allowed);
    expect(exposureOf({ tokens: [], allowAnonymous: true }, host)).toBe(null);
    expect(exposureOf({ tokens: [token('viewer')], allowAnonymous: false }, host)).toBe(null);
  });
});

describe('more requests than are allowed', () => {
  it('are refused for the token that makes them, and it is said when to come again; what is not under /api is not counted', async () => {
    const tokens = [
      { ...token('admin'), name: 'busy' },
      { ...token('viewer'), name: 'idle' },
    ];
    const limited = { tokens, allowAnonymous: false, requestsPerMinute: 3 };
    const ask = (role: Role, url: string) => api({ api: limited, records: kept }).inject({ url, headers: bearer(role) });
    const busy = (url: string) => ask('admin', url);
    const answers = [];
    for (let i = 0; i < 4; i++) answers.push(await busy('/api/v1/audit'));
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 429]);
    expect(answers[3]?.json()).toMatchObject({ code: 'too-many-requests' });
    expect(Number(answers[3]?.headers['retry-after'])).toBeGreaterThan(0);
    expect((await busy('/-/healthy')).statusCode).toBe(200);
    expect((await ask('viewer', '/api/v1/ledger')).statusCode).not.toBe(429);
  });
});
