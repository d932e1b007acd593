import Fastify from 'fastify';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type IncidentsOptions, incidents } from '../../../src/cli/incidents.ts';

const INCIDENT = {
  id: '01A',
  status: 'open',
  severity: 'critical',
  title: 'DiskFailing on node/gpu-7\n\u001b[2Jfake',
  startsAt: '2026-03-01T10:00:00.123Z',
  alertCount: 2,
  acknowledgedBy: null,
  rootCauses: [{ rank: 1, score: 0.7, entity: 'node/gpu-7', evidence: [{ kind: 'precedence', summary: 'first to fire' }] }],
  alerts: [{ status: 'firing', labels: { alertname: 'DiskFailing' }, entity: 'node/gpu-7', lastStartsAt: '2026-03-01T10:00:00Z' }],
};

const app = Fastify();
const asked: { url: string; body: unknown; authorization: string | undefined }[] = [];
let url = '';

beforeAll(async () => {
  app.addHook('preHandler', async ({ url: path, body, headers: { authorization } }) => void asked.push({ url: path, body, authorization }));
  app.get('/api/v1/incidents', (request) => ({ items: [INCIDENT], nextCursor: request.url.includes('cursor') ? null : 'more' }));
  app.get('/api/v1/incidents/01A', () => INCIDENT);
  app.get('/api/v1/incidents/01A/timeline', () => ({ items: [{ at: '2026-03-01T10:00:00Z', summary: 'DiskFailing opened it' }] }));
  app.post('/api/v1/incidents/01A/acknowledge', () => ({ ...INCIDENT, status: 'acknowledged', acknowledgedBy: 'ada' }));
  app.get('/api/v1/incidents/01X', (_, reply) => reply.code(404).send({ code: 'not-found', detail: 'there is no incident "01X"' }));
  app.get('/api/v1/incidents/01X/timeline', (_, reply) => reply.code(404).send({ code: 'not-found', detail: 'there is no incident "01X"' }));
  url = await app.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(() => app.close());

async function run(given: Partial<IncidentsOptions>) {
  asked.length = 0;
  const lines: string[] = [];
  const take = (line: string) => void lines.push(line);
  const options = {
    verb: 'list',
    ids: [],
    service: { url, token: 't0ken' },
    all: false,
    json: false,
    by: null,
    comment: null,
    out: take,
    err: take,
  } as const;
  return { status: await incidents({ ...options, ...given }), lines };
}

it('lists what is not over, page by page, with the token, and text that moves no cursor', async () => {
  const line = '01A  critical  open          2026-03-01T10:00:00Z     2  DiskFailing on node/gpu-7  [2Jfake';
  expect(await run({})).toEqual({ status: 0, lines: [line, line] });
  expect(asked.map(({ url: path }) => path)).toEqual([
    '/api/v1/incidents?limit=100&status=open&status=acknowledged',
    '/api/v1/incidents?limit=100&status=open&status=acknowledged&cursor=more',
  ]);
  expect(asked[0]?.authorization).toBe('Bearer t0ken');
});

it('shows one with its causes, alerts and timeline', async () => {
  const { lines } = await run({ verb: 'show', ids: ['01A'] });
  expect(lines.slice(1)).toEqual([
    '  cause 1  0.70  node/gpu-7; first to fire',
    '  firing    2026-03-01T10:00:00Z  DiskFailing on node/gpu-7',
    '  2026-03-01T10:00:00Z  DiskFailing opened it',
  ]);
});

it('acknowledges with who and why', async () => {
  const { lines } = await run({ verb: 'ack', ids: ['01A'], by: 'ada', comment: 'mine' });
  expect(lines[0]).toContain('acknowledged');
  expect(asked[0]?.body).toEqual({ by: 'ada', comment: 'mine' });
});

it('says why the service refuses, or that it cannot be reached', async () => {
  expect(await run({ verb: 'show', ids: ['01X'] })).toEqual({ status: 1, lines: [`winnow: ${url} answers 404: there is no incident "01X"`] });
  const away = await run({ service: { url: 'http://127.0.0.1:1', token: null } });
  expect(away.status).toBe(1);
  expect(away.lines[0]).toMatch(/^winnow: http:\/\/127\.0\.0\.1:1 cannot be reached: /);
});
