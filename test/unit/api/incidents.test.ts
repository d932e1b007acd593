import { describe, expect, it } from 'vitest';
import type { Command } from '../../../src/api/commands.ts';
import { ServiceUnavailable } from '../../../src/api/service-unavailable.ts';
import { timestampOf } from '../../../src/model/time.ts';
import { apiServer } from './api-server.ts';
import { records } from './memory-read-model.ts';
import { at, document, incident, member } from './records.ts';

const api = apiServer();

const EARLY = incident({ id: '01A', openedAt: at('09:00'), severity: 'info', domains: ['data'], status: 'resolved', resolvedAt: at('09:30') });
const MIDDLE = incident({
  id: '01B',
  openedAt: at('10:00'),
  severity: 'warning',
  domains: ['infra', 'model'],
  status: 'acknowledged',
  acknowledgedAt: at('10:01'),
  acknowledgedBy: 'ada',
});
const LATE = incident({ id: '01C', openedAt: at('11:00'), startsAt: at('10:50') });

const THREE = records({
  incidents: [EARLY, MIDDLE, LATE],
  members: {
    '01A': [member({ fingerprint: 'a1' })],
    '01B': [member({ fingerprint: 'b1' }), member({ fingerprint: 'b2' })],
    '01C': [member({ fingerprint: 'c1' })],
  },
  documents: [
    document('a1', { service: 'lake', team: 'data' }),
    document('b1', { service: 'ranker', team: 'ml' }),
    document('b2', { service: 'cache', team: 'web' }),
    document('c1', { service: 'ranker', team: 'web' }),
  ],
});

async function listed(query: string): Promise<string[]> {
  const answer = await api({ records: THREE }).inject(`/api/v1/incidents${query}`);
  expect(answer.statusCode).toBe(200);
  return answer.json().items.map(({ id }: { id: string }) => id);
}

describe('the list of incidents', () => {
  it('is newest first and ends without a cursor', async () => {
    const answer = await api({ records: THREE }).inject('/api/v1/incidents');
    expect(answer.json().items.map(({ id }: { id: string }) => id)).toEqual(['01C', '01B', '01A']);
    expect(answer.json().nextCursor).toBeNull();
  });

  it.each([
    ['?status=open', ['01C']],
    ['?status=open&status=acknowledged', ['01C', '01B']],
    ['?severity=info', ['01A']],
    ['?domain=model', ['01B']],
    ['?since=2026-03-01T10:00:00Z', ['01C', '01B']],
    ['?since=2026-03-01T12:00:00%2B02:00', ['01C', '01B']],
    ['?until=2026-03-01T10:00:00Z', ['01A']],
    ['?since=2026-03-01T09:30:00Z&until=2026-03-01T10:51:00Z&severity=critical', ['01C']],
    ['?since=2026-03-01T10:55:00Z', []],
  ])('%s has %j', async (query, ids) => {
    expect(await listed(query)).toEqual(ids);
  });

  it('takes one matcher as well as several, which one alert has to fulfil', async () => {
    expect(await listed(`?matcher=${encodeURIComponent('service="ranker"')}`)).toEqual(['01C', '01B']);
    expect(await listed(`?matcher=${encodeURIComponent('service="ranker"')}&matcher=${encodeURIComponent('team=~"w.*"')}`)).toEqual(['01C']);
    expect(await listed(`?matcher=${encodeURIComponent('service="cache"')}&matcher=${encodeURIComponent('team="ml"')}`)).toEqual([]);
  });

  it('goes on where it stopped while newer incidents arrive', async () => {
    const kept = { ...THREE, incidents: [...THREE.incidents] };
    const app = api({ records: kept });
    const first = (await app.inject('/api/v1/incidents?limit=2')).json();
    expect(first.items.map(({ id }: { id: string }) => id)).toEqual(['01C', '01B']);
    kept.incidents.push(incident({ id: '01D', openedAt: at('11:30') }));
    kept.incidents = kept.incidents.filter(({ id }) => id !== '01B');
    const second = (await app.inject(`/api/v1/incidents?limit=2&cursor=${first.nextCursor}`)).json();
    expect(second.items.map(({ id }: { id: string }) => id)).toEqual(['01A']);
    expect(second.nextCursor).toBeNull();
  });

  it('has no cursor when the limit is all that there is', async () => {
    expect((await api({ records: THREE }).inject('/api/v1/incidents?limit=3')).json().nextCursor).toBeNull();
  });

  it('has 20 alerts of an incident, the earliest, of which one incident has all', async () => {
    const many = Array.from({ length: 25 }, (_, i) => member({ fingerprint: `f${String(i).padStart(2, '0')}`, startsAt: timestampOf(at('10:00') - i * 1000) }));
    const app = api({ records: records({ incidents: [incident({ id: '01A', alertCount: 25 })], members: { '01A': many } }) });
    const [first] = (await app.inject('/api/v1/incidents')).json().items;
    expect(first.alertCount).toBe(25);
    expect(first.alerts).toHaveLength(20);
    expect(first.alerts[0].fingerprint).toBe('f24');
    const countsOf = async (query: string) =>
      (await app.inject(`/api/v1/incidents?${query}`)).json().items.map((item: { alerts: unknown[] }) => item.alerts.length);
    expect(await countsOf('alerts=2')).toEqual([2]);
    expect(await countsOf('alerts=0')).toEqual([0]);
    expect((await app.inject('/api/v1/incidents?alerts=21')).statusCode).toBe(400);
    expect((await app.inject('/api/v1/incidents/01A')).json().alerts).toHaveLength(25);
  });

  it('shows an alert by its rule when what it said is no longer kept', async () => {
    const app = api({ records: records({ incidents: [incident({ id: '01A' })], members: { '01A': [member()] } }) });
    expect((await app.inject('/api/v1/incidents/01A')).json().alerts[0].labels).toEqual({ alertname: 'DiskFailing' });
  });

  it.each([
    ['?colour=red', 'invalid-request', '/colour', 'colour'],
    ['?status=closed', 'invalid-request', '/status/0', 'open, acknowledged, resolved'],
    ['?limit=0', 'invalid-request', '/limit', 'must be at least 1'],
    ['?limit=many', 'invalid-request', '/limit', 'integer'],
    ['?since=yesterday', 'invalid-request', '/since', 'must be a time in RFC 3339'],
    ['?matcher=%3D%3D', 'invalid-matcher', '/matcher/0', '=='],
    ['?cursor=AAAA', 'invalid-cursor', '/cursor', 'nextCursor'],
    [`?cursor=${Buffer.from('suppressions:01B').toString('base64url')}`, 'invalid-cursor', '/cursor', 'nextCursor'],
    [`?cursor=${Buffer.from('incidents:01B').toString('base64url')}%3D`, 'invalid-cursor', '/cursor', 'nextCursor'],
    [`?cursor=${Buffer.from('incidents:').toString('base64url')}`, 'invalid-cursor', '/cursor', 'nextCursor'],
  ])('refuses %s as %s', async (query, code, pointer, detail) => {
    const answer = await api({ records: THREE }).inject(`/api/v1/incidents${query}`);
    expect(answer.statusCode).toBe(400);
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(answer.json()).toMatchObject({ status: 400, code, pointer, type: `/errors#${code}` });
    expect(answer.json().detail).toContain(detail);
  });
});

describe('one incident', () => {
  it('is not found as a problem', async () => {
    for (const path of ['/api/v1/incidents/01X', '/api/v1/incidents/01X/timeline']) {
      const answer = await api().inject(path);
      expect(answer.statusCode).toBe(404);
      expect(answer.json().code).toBe('not-found');
    }
  });

  it('has its timeline, oldest first', async () => {
    const app = api({
      records: records({
        incidents: [incident({ id: '01A' })],
        timeline: {
          '01A': [
            { at: at('10:00'), kind: 'opened', summary: 'opened', evidence: [], fingerprint: 'a1' },
            { at: at('10:01'), kind: 'acknowledged', summary: 'acknowledged by ada', evidence: [{ kind: 'comment', summary: 'mine' }], by: 'ada' },
          ],
        },
      }),
    });
    expect((await app.inject('/api/v1/incidents/01A/timeline')).json()).toEqual({
      items: [
        { at: '2026-03-01T10:00:00Z', kind: 'opened', summary: 'opened', evidence: [], fingerprint: 'a1', by: null },
        {
          at: '2026-03-01T10:01:00Z',
          kind: 'acknowledged',
          summary: 'acknowledged by ada',
          evidence: [{ kind: 'comment', summary: 'mine' }],
          fingerprint: null,
          by: 'ada',
        },
      ],
    });
  });
});

describe('an action on an incident', () => {
  it.each(['acknowledge', 'resolve'] as const)('to %s it is submitted, and answers the incident as it then is', async (action) => {
    const kept = records({ incidents: [incident({ id: '01A' })] });
    const submitted: Command[] = [];
    const app = api({
      records: kept,
      submit: async (command) => {
        submitted.push(command);
        kept.incidents = [incident({ id: '01A', status: 'acknowledged', acknowledgedAt: at('12:00'), acknowledgedBy: 'ada' })];
        return { ok: true, incidentId: '01A' };
      },
    });
    const answer = await app.inject({ method: 'POST', url: `/api/v1/incidents/01A/${action}`, payload: { by: 'ada', comment: 'mine' } });
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toMatchObject({ id: '01A', status: 'acknowledged', acknowledgedBy: 'ada', acknowledgedAt: '2026-03-01T12:00:00Z' });
    expect(submitted).toEqual([{ kind: 'action', receivedAt: at('12:00'), action, incidentId: '01A', fingerprints: [], by: 'ada', comment: 'mine' }]);
  });

  it('needs no body, and is then by nobody in particular', async () => {
    const submitted: Command[] = [];
    const app = api({
      records: records({ incidents: [incident({ id: '01A' })] }),
      submit: async (command) => {
        submitted.push(command);
        return { ok: true, incidentId: '01A' };
      },
    });
    expect((await app.inject({ method: 'POST', url: '/api/v1/incidents/01A/acknowledge' })).statusCode).toBe(200);
    expect((await app.inject({ method: 'POST', url: '/api/v1/incidents/01A/acknowledge', payload: {} })).statusCode).toBe(200);
    expect(submitted).toMatchObject([
      { by: 'anonymous', comment: null },
      { by: 'anonymous', comment: null },
    ]);
  });

  it.each([
    ['not-found', 404],
    ['already-resolved', 409],
  ] as const)('that the engine refuses as %s is answered with %d', async (code, status) => {
    const app = api({ submit: async () => ({ ok: false, code, detail: 'it is so' }) });
    const answer = await app.inject({ method: 'POST', url: '/api/v1/incidents/01A/acknowledge', payload: {} });
    expect(answer.statusCode).toBe(status);
    expect(answer.json()).toMatchObject({ code, detail: 'it is so' });
  });

  it('that cannot be committed now is to be tried again', async () => {
    const app = api({ submit: () => Promise.reject(new ServiceUnavailable('Redis does not answer', 2)) });
    const answer = await app.inject({ method: 'POST', url: '/api/v1/incidents/01A/resolve', payload: {} });
    expect(answer.statusCode).toBe(503);
    expect(answer.headers['retry-after']).toBe('2');
    expect(answer.json()).toMatchObject({ code: 'unavailable', detail: 'Redis does not answer' });
  });

  it.each([
    [{ who: 'ada' }, '/who'],
    [{ by: 5 }, '/by'],
    [{ by: '' }, '/by'],
    [[], ''],
  ])('with the body %j is refused', async (payload, pointer) => {
    const answer = await api().inject({ method: 'POST', url: '/api/v1/incidents/01A/acknowledge', payload });
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({ code: 'invalid-request', pointer });
  });

  it('that is not JSON, or not said to be, is refused', async () => {
    const url = '/api/v1/incidents/01A/acknowledge';
    const broken = await api().inject({ method: 'POST', url, headers: { 'content-type': 'application/json' }, payload: '{' });
    expect([broken.statusCode, broken.json().code]).toEqual([400, 'not-json']);
    const form = await api().inject({ method: 'POST', url, headers: { 'content-type': 'application/x-www-form-urlencoded' }, payload: 'by=ada' });
    expect([form.statusCode, form.json().code]).toEqual([415, 'unsupported-media-type']);
  });

  const submitted = (body: object, path: string, kept = records({ incidents: [incident({ id: '01A' }), incident({ id: '01B' })] })) => {
    const commands: Command[] = [];
    const submit = async (command: Command) => {
      commands.push(command);
      return { ok: true, incidentId: '01B' } as const;
    };
    const headers = { 'idempotency-key': 'k1' };
    return { commands, answer: api({ records: kept, submit }).inject({ method: 'POST', url: `/api/v1/incidents/01A/${path}`, payload: body, headers }) };
  };

  it.each([
    ['snooze', { until: '2026-03-01T18:00:00Z' }, { action: 'snooze', until: at('18:00') }],
    ['merge', { into: '01B' }, { action: 'merge', into: '01B' }],
    ['split', { fingerprints: ['a1', 'a2'] }, { action: 'split', fingerprints: ['a1', 'a2'] }],
    ['feedback', { entity: 'node/gpu-7', correct: false }, { action: 'feedback', entity: 'node/gpu-7', correct: false }],
  ])('to %s takes %j, and answers the incident that it is about from then on', async (path, body, expected) => {
    const { commands, answer } = submitted({ ...body, by: 'ada' }, path);
    expect((await answer).json()).toMatchObject({ id: '01B' });
    expect(commands).toMatchObject([{ kind: 'action', incidentId: '01A', by: 'ada', key: ' k1', ...expected }]);
  });

  it.each([
    ['snooze', {}, 400, 'invalid-request', '/until'],
    ['snooze', { until: '2026-03-01T12:00:00Z' }, 400, 'invalid-request', '/until'],
    ['snooze', { until: '2026-03-08T12:00:01Z' }, 400, 'invalid-request', '/until'],
    ['merge', { into: '01X' }, 404, 'not-found', '/into'],
    ['split', { fingerprints: [] }, 400, 'invalid-request', '/fingerprints'],
    ['feedback', { entity: 'gpu-7', correct: true }, 400, 'invalid-request', '/entity'],
    ['feedback', { entity: 'node/gpu-7' }, 400, 'invalid-request', '/correct'],
  ])('to %s with %j is answered %d', async (path, body, status, code, pointer) => {
    const { commands, answer } = submitted(body, path);
    expect([(await answer).statusCode, (await answer).json()]).toMatchObject([status, { code, pointer }]);
    expect(commands).toEqual([]);
  });

  it('that the engine has let go says that it is resolved, and resolving it again is no error', async () => {
    const kept = records({ incidents: [incident({ id: '01A', status: 'resolved', resolvedAt: at('09:30') })] });
    const app = api({ records: kept, submit: async () => ({ ok: false, code: 'not-found', detail: 'no such incident' }) });
    const acknowledged = await app.inject({ method: 'POST', url: '/api/v1/incidents/01A/acknowledge' });
    expect([acknowledged.statusCode, acknowledged.json().code]).toEqual([409, 'already-resolved']);
    const resolved = await app.inject({ method: 'POST', url: '/api/v1/incidents/01A/resolve' });
    expect([resolved.statusCode, resolved.json().status]).toEqual([200, 'resolved']);
  });

  it('under a key that stood for another request is refused', async () => {
    const app = api({ submit: async () => ({ ok: false, code: 'key-reused', detail: 'it is so' }) });
    const answer = await app.inject({ method: 'POST', url: '/api/v1/incidents/01A/resolve', headers: { 'idempotency-key': 'k1' } });
    expect([answer.statusCode, answer.json().code]).toEqual([422, 'key-reused']);
  });
});

describe('an ETag', () => {
  it.each(['/api/v1/incidents', '/api/v1/incidents/01A', '/api/v1/incidents/01A/timeline'])('of %s stands for what was answered', async (url) => {
    const kept = records({ incidents: [incident({ id: '01A' })] });
    const app = api({ records: kept });
    const first = await app.inject(url);
    const tag = String(first.headers['etag']);
    expect(tag).toMatch(/^"[\w-]{27}"$/);
    const again = await app.inject({ url, headers: { 'if-none-match': `"other", W/${tag}` } });
    expect([again.statusCode, again.body, again.headers['etag']]).toEqual([304, '', tag]);
    kept.incidents = [incident({ id: '01A', severity: 'info' })];
    kept.timeline['01A'] = [{ at: at('10:00'), kind: 'opened', summary: 'it opened', evidence: [] }];
    const changed = await app.inject({ url, headers: { 'if-none-match': tag } });
    expect(changed.statusCode).toBe(200);
    expect(changed.headers['etag']).not.toBe(tag);
  });
});
