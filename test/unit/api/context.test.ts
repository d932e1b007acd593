import { describe, expect, it } from 'vitest';
import type { Command } from '../../../src/api/commands.ts';
import type { Edge } from '../../../src/model/topology.ts';
import { apiServer } from './api-server.ts';
import { records } from './memory-read-model.ts';
import { at } from './records.ts';

const api = apiServer();

const REPORT = { entity: 'service/ranker', summary: 'ranker 2.14', kind: 'deployment', at: '2026-03-01T10:58:00+01:00' };

describe('a change that is reported', () => {
  it('is submitted, and answered as it is kept', async () => {
    const kept = records();
    const submitted: Command[] = [];
    const submit = async (command: Command) => {
      submitted.push(command);
      if (command.kind === 'change') kept.changes.push(command.change);
      return { ok: true as const, incidentId: null };
    };
    const answer = await api({ records: kept, submit }).inject({
      method: 'POST',
      url: '/api/v1/changes',
      payload: { ...REPORT, id: 'deploy-1', link: 'https://ci.example.com/1' },
    });
    expect(answer.statusCode).toBe(201);
    expect(answer.json()).toEqual({ ...REPORT, id: 'deploy-1', at: '2026-03-01T09:58:00Z', link: 'https://ci.example.com/1' });
    expect(submitted).toEqual([
      { kind: 'change', receivedAt: at('12:00'), change: { ...REPORT, id: 'deploy-1', at: at('09:58'), link: 'https://ci.example.com/1' }, by: 'anonymous' },
    ]);
    expect((await api({ records: kept }).inject('/api/v1/changes')).json().items).toMatchObject([{ id: 'deploy-1' }]);
  });

  it('without an id gets the same one each time, another one when it says something else', async () => {
    const idOf = async (payload: object) => (await api().inject({ method: 'POST', url: '/api/v1/changes', payload })).json().id;
    const id = await idOf(REPORT);
    expect(id).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/);
    expect(await idOf(REPORT)).toBe(id);
    expect(await idOf({ ...REPORT, at: '2026-03-01T09:58:00Z' })).toBe(id);
    expect(await idOf({ ...REPORT, summary: 'ranker 2.15' })).not.toBe(id);
  });

  it.each([
    [{ ...REPORT, entity: 'ranker' }, '/entity'],
    [{ ...REPORT, at: 'today' }, '/at'],
    [{ ...REPORT, at: 1772359080 }, '/at'],
    [{ ...REPORT, link: 'javascript:alert(1)' }, '/link'],
    [{ ...REPORT, extra: 1 }, '/extra'],
    [{ entity: 'service/ranker', kind: 'deployment', at: REPORT.at }, '/summary'],
  ])('as %j is refused', async (payload, pointer) => {
    const answer = await api().inject({ method: 'POST', url: '/api/v1/changes', payload });
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({ code: 'invalid-request', pointer });
  });

  it('without a body is refused', async () => {
    const answer = await api().inject({ method: 'POST', url: '/api/v1/changes' });
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({ code: 'invalid-request', pointer: '', detail: 'the body is missing' });
  });

  it.each(['application/json', 'application/json; charset=utf-8', 'Application/JSON', 'application/json;x=y'])(
    'is validated when it is sent as %s',
    async (type) => {
      const answer = await api().inject({ method: 'POST', url: '/api/v1/changes', headers: { 'content-type': type }, payload: '{"entity":"ranker"}' });
      expect(answer.json()).toMatchObject({ status: 400, code: 'invalid-request' });
    },
  );

  it.each(['text/plain', 'text/html', 'application/vnd.api+json'])('is refused when it is sent as %s', async (type) => {
    const answer = await api().inject({ method: 'POST', url: '/api/v1/changes', headers: { 'content-type': type }, payload: JSON.stringify(REPORT) });
    expect(answer.json()).toMatchObject({ status: 415, code: 'unsupported-media-type' });
  });
});

describe('the topology', () => {
  const declared: Edge[] = [{ from: 'service/ranker', to: 'node/gpu-7', origin: 'declared' }];

  it('is what the configuration declares and what was put, each edge once', async () => {
    const putEdges: Edge[] = [
      { from: 'service/ranker', to: 'node/gpu-7', origin: 'put' },
      { from: 'service/web', to: 'service/ranker', origin: 'put' },
    ];
    expect((await api({ dependencies: declared, records: records({ putEdges }) }).inject('/api/v1/topology')).json()).toEqual({
      edges: [
        { from: 'service/ranker', to: 'node/gpu-7', origin: 'declared' },
        { from: 'service/web', to: 'service/ranker', origin: 'put' },
      ],
    });
  });

  it('tells of what labels prove and of what was learned when, how sure and why; what is said comes first', async () => {
    const evidence = { support: 7.2, days: 5, opposite: 1, lift: 12.34, medianLag: 90_000, lagSpread: 2, pValue: 0.000_012, tests: 380, level: 0.01 };
    const learnedEdges = [
      { from: 'service/web', to: 'service/ranker', origin: 'learned', at: at('11:00'), confidence: 0.8, evidence },
      { from: 'pod/web-1', to: 'node/gpu-7', origin: 'labels', at: at('10:00') },
      { from: 'service/ranker', to: 'node/gpu-7', origin: 'labels', at: at('10:00') },
    ] as const;
    expect((await api({ dependencies: declared, records: records({ learnedEdges: [...learnedEdges] }) }).inject('/api/v1/topology')).json()).toEqual({
      edges: [
        { from: 'service/ranker', to: 'node/gpu-7', origin: 'declared' },
        { from: 'pod/web-1', to: 'node/gpu-7', origin: 'labels', lastSeenAt: '2026-03-01T10:00:00Z' },
        {
          from: 'service/web',
          to: 'service/ranker',
          origin: 'learned',
          lastSeenAt: '2026-03-01T11:00:00Z',
          confidence: 0.8,
          evidence: [
            {
              kind: 'association',
              summary:
                'followed it 7 times on 5 days, 12 times as often as by chance, 1 min 30 s later at the median (p = 0.00001, 380 tests, false discovery rate 0.01)',
              value: 12.3,
              threshold: 0.01,
              observations: 7,
            },
          ],
        },
      ],
    });
  });

  it('that is put replaces what was put', async () => {
    const kept = records({ putEdges: [{ from: 'a/a', to: 'b/b', origin: 'put' }] });
    const submit = async (command: Command) => {
      if (command.kind === 'topology') kept.putEdges = [...command.edges];
      return { ok: true as const, incidentId: null };
    };
    const answer = await api({ records: kept, submit }).inject({
      method: 'PUT',
      url: '/api/v1/topology',
      payload: { edges: [{ from: 'service/web', to: 'table/a/b' }] },
    });
    expect(answer.json()).toEqual({ edges: [{ from: 'service/web', to: 'table/a/b', origin: 'put' }] });
  });

  it('with an entity that is none is refused', async () => {
    const answer = await api().inject({ method: 'PUT', url: '/api/v1/topology', payload: { edges: [{ from: 'web', to: 'node/a' }] } });
    expect(answer.json()).toMatchObject({ status: 400, code: 'invalid-request', pointer: '/edges/0/from' });
  });
});

describe('the configuration', () => {
  it('is answered as it was masked', async () => {
    const configDocument = { route: { receiver: 'ml' }, receivers: [{ name: 'ml', slack_configs: [{ api_url: '<secret>' }] }] };
    expect((await api({ configDocument }).inject('/api/v1/config')).json()).toEqual(configDocument);
  });

  it('takes no query', async () => {
    expect((await api().inject('/api/v1/config?secrets=show')).json()).toMatchObject({ status: 400, code: 'invalid-request', pointer: '/secrets' });
  });
});

describe('what was learned from history', () => {
  const RECORD = { onsets: 4, at: 1772359200000, step: 30000, episodes: 4 };
  const post = (given: Parameters<typeof api>[0], payload: object) => api(given).inject({ method: 'POST', url: '/api/v1/baselines', payload });

  it('goes to the engine, which says how much of it was new', async () => {
    const submitted: Command[] = [];
    const submit = async (command: Command) => {
      submitted.push(command);
      return { ok: true as const, incidentId: null, added: 1 };
    };
    const records = ['r A', 'r B'].map((key) => ({ key, record: RECORD }));
    const answer = await post({ submit }, { since: '2026-02-01T00:00:00Z', records });
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toEqual({ added: 1, known: 1 });
    expect(submitted).toEqual([
      {
        kind: 'learned',
        receivedAt: at('12:00'),
        since: Date.parse('2026-02-01T00:00:00Z'),
        records: [
          ['r A', RECORD],
          ['r B', RECORD],
        ],
      },
    ]);
  });

  it.each([
    [{ since: '2026-02-01T00:00:00Z', records: [{ key: 'r A', record: { ...RECORD, onsets: -1 } }] }, '/records/0'],
    [{ since: '2026-02-01T00:00:00Z', records: [{ key: 'counts', record: {} }] }, '/records/0'],
    [{ since: 'long ago', records: [] }, '/since'],
  ])('is refused as %j', async (payload, pointer) => {
    const answer = await post({}, payload);
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({ code: 'invalid-request', pointer });
  });
});
