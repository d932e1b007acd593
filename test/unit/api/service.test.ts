import Fastify from 'fastify';
import { describe, expect, it } from 'vitest';
import { PAGE_POLICY } from '../../../src/api/html-page.ts';
import { installProblemHandlers, Problem } from '../../../src/api/problem.ts';
import { PROBLEM_TITLES } from '../../../src/api/problem-codes.ts';
import { WEB_POLICY } from '../../../src/api/web-operations.ts';
import type { Incident } from '../../../src/model/incident.ts';
import { apiServer } from './api-server.ts';
import { records } from './memory-read-model.ts';
import { incident, member } from './records.ts';

const api = apiServer();

describe('the service', () => {
  it('is alive', async () => {
    expect((await api().inject('/-/healthy')).json()).toEqual({ status: 'ok' });
  });

  it('is ready, with its warnings', async () => {
    const readiness = { ready: true, redis: true, owner: 'winnow-1', warnings: ['appendonly is off'] };
    const answer = await api({ readiness }).inject('/-/ready');
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toEqual(readiness);
  });

  it.each([
    [false, 'Redis does not answer'],
    [true, 'no process owns the shard'],
  ])('says what is missing when it is not ready (Redis answers: %s)', async (redis, detail) => {
    const answer = await api({ readiness: { ready: false, redis, owner: null, warnings: [] } }).inject('/-/ready');
    expect(answer.statusCode).toBe(503);
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(answer.json()).toMatchObject({ code: 'not-ready', detail, ready: false, redis, owner: null, warnings: [] });
  });

  it('gives its metrics as the registry writes them', async () => {
    const answer = await api().inject('/metrics');
    expect(answer.headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(answer.body).toBe('winnow_up 1\n');
  });

  it('gives its document', async () => {
    expect((await api().inject('/openapi.json')).json()).toMatchObject({ openapi: '3.1.0', info: { title: 'Winnow' } });
  });

  it('has a page that counts incidents that are not over, without scripts and held to that', async () => {
    const kept = records({
      incidents: [incident({ id: '01A' }), incident({ id: '01B' }), incident({ id: '01C', severity: 'info' }), incident({ id: '01D', status: 'resolved' })],
    });
    const answer = await api({ records: kept }).inject('/index');
    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(answer.headers['content-security-policy']).toBe(PAGE_POLICY);
    expect(PAGE_POLICY).not.toContain('unsafe');
    expect(answer.body).toContain('<h2>Incidents that are not over</h2>\n<ul>\n<li>critical: 2</li>\n<li>warning: 0</li>\n<li>info: 1</li>');
    expect(answer.body).toContain('href="/openapi.json"');
    expect(answer.body).not.toContain('<script');
  });

  it('has a web page of its own files, held to these', async () => {
    const page = await api().inject('/');
    expect([page.statusCode, page.headers['content-type'], page.body]).toEqual([200, 'text/html; charset=utf-8', '<!doctype html><title>Winnow</title>']);
    const script = await api().inject('/web/main.js');
    expect([script.statusCode, script.headers['content-type'], script.body]).toEqual([200, 'text/javascript; charset=utf-8', 'export {};']);
    for (const { headers } of [page, script]) {
      expect(headers).toMatchObject({ 'content-security-policy': WEB_POLICY, 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' });
    }
    expect(WEB_POLICY).toContain("frame-ancestors 'none'");
    expect(WEB_POLICY).not.toMatch(/unsafe|\*|http|data:/);
  });

  it('sends a file of the page again only when it is another one', async () => {
    const tag = String((await api().inject('/web/main.js')).headers['etag']);
    const again = await api().inject({ url: '/web/main.js', headers: { 'if-none-match': tag } });
    expect([again.statusCode, again.body]).toEqual([304, '']);
    expect((await api().inject({ url: '/', headers: { 'if-none-match': tag } })).statusCode).toBe(200);
  });

  it.each(['other.js', 'index.html', '..%2Fapp.js', '__proto__'])('has no file %s in the page', async (name) => {
    const answer = await api().inject(`/web/${name}`);
    expect([answer.statusCode, answer.json().code]).toEqual([404, 'not-found']);
  });

  it('explains each code at the place that a problem leads to', async () => {
    const page = (await api().inject('/errors')).body;
    for (const code of Object.keys(PROBLEM_TITLES)) expect(page).toContain(`id="${code}"`);
  });
});

describe('an error', () => {
  it('of the path is a problem', async () => {
    const answer = await api().inject('/api/v2/incidents');
    expect(answer.statusCode).toBe(404);
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(answer.json()).toMatchObject({ type: '/errors#no-such-path', title: PROBLEM_TITLES['no-such-path'], status: 404, code: 'no-such-path' });
  });

  it('of the method is a problem', async () => {
    expect((await api().inject({ method: 'DELETE', url: '/api/v1/topology' })).json().code).toBe('no-such-path');
  });

  it('that nobody foresaw tells nothing of itself', async () => {
    const answer = await api({ readModel: { ledger: () => Promise.reject(new Error('redis://:hunter2@10.0.0.1')) } }).inject('/api/v1/ledger');
    expect(answer.statusCode).toBe(500);
    expect(answer.json().code).toBe('internal-error');
    expect(answer.body).not.toContain('hunter2');
  });

  it('in the shape of an answer is caught before it leaves', async () => {
    const broken = { ...incident({ id: '01A' }), status: 'on fire' } as unknown as Incident;
    const answer = await api({ records: records({ incidents: [broken], members: { '01A': [member()] } }) }).inject('/api/v1/incidents/01A');
    expect(answer.statusCode).toBe(500);
    expect(answer.json().code).toBe('response-invalid');
    expect(answer.body).not.toContain('on fire');
  });

  it('of a body that is too large is a problem', async () => {
    const answer = await api().inject({
      method: 'POST',
      url: '/api/v1/changes',
      headers: { 'content-type': 'application/json' },
      payload: ' '.repeat(1_100_000),
    });
    expect([answer.statusCode, answer.json().code]).toEqual([413, 'body-too-large']);
    expect(answer.json().detail).toBe('the body is too large; up to 1048576 bytes are allowed here');
  });

  it('of a path that cannot be decoded is a problem', async () => {
    const answer = await api().inject('/api/v1/alerts/%E0%A4%A');
    expect([answer.statusCode, answer.json().code]).toEqual([400, 'bad-request']);
  });

  it('says when to come again and where it is', async () => {
    const app = Fastify();
    installProblemHandlers(app);
    app.get('/', () => {
      throw new Problem({ status: 503, code: 'intake-unavailable', detail: 'Redis does not answer', retryAfterSeconds: 3, pointer: '/alerts/0' });
    });
    const answer = await app.inject('/');
    expect(answer.headers['retry-after']).toBe('3');
    expect(answer.json()).toEqual({
      type: '/errors#intake-unavailable',
      title: 'The webhook cannot be made durable now',
      status: 503,
      detail: 'Redis does not answer',
      code: 'intake-unavailable',
      pointer: '/alerts/0',
    });
  });
});

describe('a reload', () => {
  it('is for whom the token names, and answers what is in force', async () => {
    const asked: string[] = [];
    const reload = async (by: string) => {
      asked.push(by);
      return { ok: true, changed: true, hash: 'abc', warnings: ['w.yaml:1:1: has no effect'] } as const;
    };
    const answer = await api({ reload }).inject({ method: 'POST', url: '/-/reload' });
    expect([answer.statusCode, answer.json()]).toEqual([200, { changed: true, hash: 'abc', warnings: ['w.yaml:1:1: has no effect'] }]);
    expect(asked).toEqual(['anonymous']);
  });

  it('of a bad file says why the old one stays', async () => {
    const answer = await api({ reload: async () => ({ ok: false, faults: ['w.yaml:2:3: route: is missing'] }) }).inject({ method: 'POST', url: '/-/reload' });
    expect([answer.statusCode, answer.json()]).toMatchObject([
      422,
      { code: 'invalid-config', detail: 'the old configuration stays in force: w.yaml:2:3: route: is missing' },
    ]);
  });
});
