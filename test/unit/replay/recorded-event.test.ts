import { describe, expect, it } from 'vitest';
import { readRecordedEvent } from '../../../src/cli/replay/recorded-event.ts';
import { line } from './recording.ts';

const TEN = Date.UTC(2026, 2, 1, 10);

/** What is said of a line that cannot be read. */
function faultOf(text: string): string | null {
  const read = readRecordedEvent(text);
  return read.kind === 'unreadable' ? read.message : null;
}

describe('a recorded webhook', () => {
  it('is read as the service reads it', () => {
    const alerts = [
      { status: 'firing', labels: { alertname: 'NodeDown', __proto__x: 'y' }, startsAt: '2026-03-01T09:59:00.5Z', fingerprint: 'ABCDEF0123456789' },
    ];
    expect(readRecordedEvent(line('10:00', 'alertmanager', { version: '4', groupKey: '{}:{a="b"}', alerts }))).toEqual({
      kind: 'webhook',
      receivedAt: TEN,
      source: 'alertmanager',
      alerts: [
        {
          fingerprint: 'abcdef0123456789',
          status: 'firing',
          labels: new Map([
            ['alertname', 'NodeDown'],
            ['__proto__x', 'y'],
          ]),
          annotations: new Map(),
          startsAt: { ms: TEN - 59_500, text: '2026-03-01T09:59:00.5Z' },
          endsAt: null,
          links: {},
          source: 'alertmanager',
          groupKey: '{}:{a="b"}',
        },
      ],
      malformed: [],
    });
  });

  it("may be Grafana's", () => {
    const body = { version: '1', orgId: 1, state: 'alerting', alerts: [{ status: 'firing', labels: { alertname: 'Drift' } }] };
    expect(readRecordedEvent(line('10:00', 'grafana', body))).toMatchObject({ kind: 'webhook', source: 'grafana', alerts: [{ source: 'grafana' }] });
  });

  it('keeps a malformed alert beside the others', () => {
    expect(readRecordedEvent(line('10:00', 'alertmanager', { alerts: [{ labels: { alertname: 'A' } }, null] }))).toMatchObject({
      alerts: [{ status: 'firing' }],
      malformed: [{ pointer: '/alerts/1', raw: 'null' }],
    });
  });

  it('came at a time of any zone, to the millisecond', () => {
    const text = JSON.stringify({ receivedAt: '2026-03-01T12:00:00.123456+02:00', source: 'alertmanager', body: { alerts: [] } });
    expect(readRecordedEvent(text)).toMatchObject({ receivedAt: TEN + 123 });
  });
});

const SILENCE = { matchers: ['node="gpu-7"'], endsAt: '2026-03-01T12:00:00Z', createdBy: 'ada', comment: 'replacing the disk' };

describe('a recorded silence', () => {
  it('is what is posted to make one, or its end', () => {
    expect(readRecordedEvent(line('10:00', 'silence', { ...SILENCE, id: 's1' }))).toEqual({
      kind: 'silence',
      receivedAt: TEN,
      matched: [],
      silence: {
        id: 's1',
        matchers: [{ name: 'node', operator: '=', value: 'gpu-7' }],
        startsAt: TEN,
        endsAt: TEN + 7_200_000,
        updatedAt: TEN,
        createdBy: 'ada',
        comment: 'replacing the disk',
      },
    });
    expect(readRecordedEvent(line('10:00', 'silence', { action: 'expire', id: 's1', by: 'bob' }))).toEqual({
      kind: 'silence-end',
      receivedAt: TEN,
      id: 's1',
      by: 'bob',
    });
  });
});

describe('a recorded change', () => {
  const change = {
    id: 'deploy-7',
    entity: 'model/ranker',
    summary: 'ranker v41',
    kind: 'model-promotion',
    at: '2026-03-01T09:35:00Z',
    link: 'https://ci.example/7',
  };

  it('is what the REST call takes', () => {
    expect(readRecordedEvent(line('10:00', 'change', change))).toEqual({
      kind: 'change',
      receivedAt: TEN,
      change: { ...change, at: TEN - 25 * 60_000 },
    });
  });

  it('was made when it was received, where it does not say, and gets an id', () => {
    const { id: _id, at: _at, link: _link, ...rest } = change;
    const read = readRecordedEvent(line('10:00', 'change', rest));
    expect(read).toMatchObject({ kind: 'change', change: { at: TEN, link: null, id: expect.stringMatching(/^[0-9A-Z]{26}$/) as string } });
    expect(readRecordedEvent(line('10:00', 'change', rest))).toEqual(read);
  });

  it.each([
    ['no object', 'ranker v41', '/body must be a change'],
    ['without an entity', { ...change, entity: undefined }, '/body/entity must be a text of the form kind/name'],
    ['on an entity without a kind', { ...change, entity: 'ranker' }, '/body/entity must be a text of the form kind/name'],
    ['without a summary', { ...change, summary: null }, '/body/summary and /body/kind must be texts'],
    ['without a kind', { ...change, kind: 7 }, '/body/summary and /body/kind must be texts'],
    ['made at no time', { ...change, at: 'yesterday' }, '/body/at must be a time in RFC 3339'],
  ])('cannot be read when it is %s', (_what, body, message) => {
    expect(faultOf(line('10:00', 'change', body))).toBe(message);
  });
});

describe('a recorded action', () => {
  it('names its incident, or alerts that find it, and who did it', () => {
    const body = { action: 'acknowledge', incidentId: '01KJMSEG0058H9CPQHM6CY8Q3T', fingerprints: ['791cec13fcba0368'], by: 'ada', comment: 'mine' };
    expect(readRecordedEvent(line('10:00', 'action', body))).toEqual({ kind: 'action', receivedAt: TEN, ...body });
    expect(readRecordedEvent(line('10:00', 'action', { action: 'resolve', fingerprints: ['791cec13fcba0368'] }))).toEqual({
      kind: 'action',
      receivedAt: TEN,
      action: 'resolve',
      incidentId: null,
      fingerprints: ['791cec13fcba0368'],
      by: 'anonymous',
      comment: null,
    });
  });

  it.each([
    [
      { action: 'snooze', until: '2026-03-01T18:00:00Z' },
      { action: 'snooze', until: Date.UTC(2026, 2, 1, 18) },
    ],
    [
      { action: 'merge', into: '01B' },
      { action: 'merge', into: '01B' },
    ],
    [
      { action: 'split', fingerprints: ['a'] },
      { action: 'split', fingerprints: ['a'] },
    ],
    [
      { action: 'feedback', entity: 'node/gpu-7', correct: true },
      { action: 'feedback', entity: 'node/gpu-7', correct: true },
    ],
  ])('may be %j', (body, read) => {
    expect(readRecordedEvent(line('10:00', 'action', { incidentId: '01A', ...body }))).toMatchObject({ kind: 'action', incidentId: '01A', ...read });
  });

  it.each([
    ['no object', null, '/body must be an action'],
    ['of an unknown kind', { action: 'applaud', incidentId: 'a' }, '/body/action must be acknowledge, resolve, snooze, merge, split or feedback'],
    ['that snoozes without an end', { action: 'snooze', incidentId: 'a' }, '/body/until must be a time in RFC 3339'],
    ['that merges into nothing', { action: 'merge', incidentId: 'a' }, '/body/into must be the id of an incident'],
    ['that judges no entity', { action: 'feedback', incidentId: 'a', entity: 'gpu-7', correct: true }, '/body/entity must be a text of the form kind/name'],
    ['that does not judge', { action: 'feedback', incidentId: 'a', entity: 'node/gpu-7' }, '/body/correct must be true or false'],
    ['on nothing', { action: 'resolve' }, '/body must name an incidentId or fingerprints'],
    ['on no fingerprints', { action: 'resolve', fingerprints: [] }, '/body must name an incidentId or fingerprints'],
  ])('cannot be read when it is %s', (_what, body, message) => {
    expect(faultOf(line('10:00', 'action', body))).toBe(message);
  });
});

describe('a recorded topology', () => {
  it('holds edges that were put', () => {
    expect(readRecordedEvent(line('10:00', 'topology', { edges: [{ from: 'model/ranker', to: 'node/gpu-7' }] }))).toEqual({
      kind: 'topology',
      receivedAt: TEN,
      edges: [{ from: 'model/ranker', to: 'node/gpu-7', origin: 'put' }],
    });
  });

  it.each([
    ['no object', [], '/body/edges must be an array'],
    ['without edges', {}, '/body/edges must be an array'],
    ['with an edge that leads nowhere', { edges: [{ from: 'a/1', to: 'b/1' }, { from: 'a/1' }] }, '/body/edges/1 must have from and to of the form kind/name'],
  ])('cannot be read when it is %s', (_what, body, message) => {
    expect(faultOf(line('10:00', 'topology', body))).toBe(message);
  });
});

describe('a line', () => {
  const SOURCES = 'alertmanager, grafana, change, action, silence, topology, config or upstream';

  it.each([
    ['no JSON', '{"receivedAt":', 'is not JSON'],
    ['a text', '"2026-03-01T10:00:00Z"', 'is not an object with receivedAt, source and body'],
    ['null', 'null', 'is not an object with receivedAt, source and body'],
    ['an array', '[]', 'is not an object with receivedAt, source and body'],
    ['without a time', JSON.stringify({ source: 'alertmanager', body: { alerts: [] } }), '/receivedAt must be a time in RFC 3339'],
    ['with a number for a time', JSON.stringify({ receivedAt: TEN, source: 'alertmanager', body: { alerts: [] } }), '/receivedAt must be a time in RFC 3339'],
    ['with a day that is none', JSON.stringify({ receivedAt: '2026-02-30T10:00:00Z', source: 'alertmanager' }), '/receivedAt must be a time in RFC 3339'],
    ['without a source', JSON.stringify({ receivedAt: '2026-03-01T10:00:00Z', body: {} }), `/source must be ${SOURCES}`],
    ['of an unknown source', line('10:00', 'nagios', {}), `/source must be ${SOURCES}`],
    ['of a silence without matchers', line('10:00', 'silence', {}), '/body/matchers must be a list'],
    ['of a silence that is over', line('10:00', 'silence', { ...SILENCE, endsAt: '2026-03-01T09:00:00Z' }), '/body/endsAt is past; a time to come is needed'],
    [
      'of a silence of everything',
      line('10:00', 'silence', { ...SILENCE, matchers: ['a=~".*"'] }),
      '/body/matchers fit alerts without any of these labels; at least one that no empty value fulfils is needed',
    ],
    ['of the end of no silence', line('10:00', 'silence', { action: 'expire' }), '/body/id must be that of a silence'],
    ['of a configuration that is none', line('10:00', 'config', []), '/body must be an object'],
    ['of no upstream', line('10:00', 'upstream', null), '/body must have gone or heard'],
    ['of an upstream whose alerts are no list', line('10:00', 'upstream', { gone: 'a' }), '/body/gone must be an array of fingerprints'],
    ['of an upstream with a number for an alert', line('10:00', 'upstream', { heard: [7] }), '/body/heard must be an array of fingerprints'],
    ['whose webhook is none', line('10:00', 'alertmanager', []), '/body a webhook is an object with an array of alerts, not an array'],
    ['whose webhook is missing', line('10:00', 'grafana', undefined), '/body a webhook is an object with an array of alerts, not missing'],
    ['whose alerts are none', line('10:00', 'alertmanager', { alerts: {} }), '/body/alerts must be an array of alerts, not an object'],
  ])('cannot be read when it is %s', (_what, text, message) => {
    expect(faultOf(text)).toBe(message);
  });
});
