import { describe, expect, it } from 'vitest';
import { readAlert } from '../../../src/receivers/received-alert.ts';

const CONTEXT = { source: 'alertmanager', groupKey: '{}:{}', externalUrl: null, bodyStatus: null, receivedAt: Date.parse('2026-03-01T12:00:00Z') } as const;

const read = (alert: unknown) => readAlert(alert, '/alerts/0', CONTEXT);
const BARE = { alertname: 'Bare', team: 'none' };

describe('an alert', () => {
  it('becomes what the engine is given', () => {
    expect(
      read({
        status: 'firing',
        labels: BARE,
        annotations: { summary: 'something is bare' },
        startsAt: '2026-03-01T11:00:00Z',
        endsAt: '0001-01-01T00:00:00Z',
        generatorURL: 'http://prometheus.example:9090/graph?g0.expr=up',
        fingerprint: '93a091dc0e67df2d',
        somethingNew: { deep: [1, 2, 3] },
      }),
    ).toEqual({
      fingerprint: '93a091dc0e67df2d',
      status: 'firing',
      labels: new Map(Object.entries(BARE)),
      annotations: new Map([['summary', 'something is bare']]),
      startsAt: { ms: Date.parse('2026-03-01T11:00:00Z'), text: '2026-03-01T11:00:00Z' },
      endsAt: null,
      links: { source: 'http://prometheus.example:9090/graph?g0.expr=up' },
      source: 'alertmanager',
      groupKey: '{}:{}',
    });
  });

  it('keeps the fingerprint that was sent, which may be of labels that were not', () => {
    expect(read({ labels: BARE, fingerprint: '00000000deadbeef' })).toHaveProperty('fingerprint', '00000000deadbeef');
    expect(read({ labels: BARE, fingerprint: '00000000DEADBEEF' })).toHaveProperty('fingerprint', '00000000deadbeef');
    expect(read({ fingerprint: '00000000deadbeef' })).toMatchObject({ fingerprint: '00000000deadbeef', labels: new Map() });
  });

  it('is given the fingerprint of its labels when there is none, or none of 16 hex digits', () => {
    for (const fingerprint of [undefined, null, '', 'deadbeef', '00000000deadbeeg', ' 0000000deadbeef', '00000000deadbeef0', 12345]) {
      expect(read({ labels: BARE, fingerprint })).toHaveProperty('fingerprint', '93a091dc0e67df2d');
    }
  });

  it('is a fault without labels and without a fingerprint', () => {
    for (const labels of [undefined, null, {}, { team: '' }])
      expect(read({ status: 'firing', labels })).toMatchObject({ kind: 'fault', pointer: '/alerts/0/labels' });
  });

  it('is a fault when it is no object', () => {
    expect([null, 'x', 7, [], true].map(read)).toEqual([
      { kind: 'fault', pointer: '/alerts/0', detail: 'must be an object, not null' },
      { kind: 'fault', pointer: '/alerts/0', detail: 'must be an object, not a string' },
      { kind: 'fault', pointer: '/alerts/0', detail: 'must be an object, not a number' },
      { kind: 'fault', pointer: '/alerts/0', detail: 'must be an object, not an array' },
      { kind: 'fault', pointer: '/alerts/0', detail: 'must be an object, not a boolean' },
    ]);
  });

  it('is a fault for the fault of one of its parts', () => {
    expect(read({ labels: { a: {} } })).toMatchObject({ pointer: '/alerts/0/labels/a' });
    expect(read({ labels: BARE, annotations: { b: [] } })).toMatchObject({ pointer: '/alerts/0/annotations/b' });
    expect(read({ labels: BARE, startsAt: 'x' })).toMatchObject({ pointer: '/alerts/0/startsAt' });
  });

  it('is a fault beyond 1 MiB of what is kept of it, and what is not kept does not count', () => {
    const annotations = (bytes: number) => ({ a: 'x'.repeat(262_143), b: 'x'.repeat(262_143), c: 'x'.repeat(262_143), d: 'x'.repeat(bytes) });
    const rest = 1_048_576 - 3 * 262_144 - 1 - 'alertname'.length - 'Bare'.length - 'team'.length - 'none'.length;
    expect(read({ labels: BARE, annotations: annotations(rest), embeddedImage: 'x'.repeat(2_000_000) })).toHaveProperty('status', 'firing');
    expect(read({ labels: BARE, annotations: annotations(rest), imageURL: 'http://x.example' })).toHaveProperty('kind', 'fault');
    expect(read({ labels: BARE, annotations: annotations(rest + 1) })).toEqual({
      kind: 'fault',
      pointer: '/alerts/0',
      detail: 'is larger than the 1048576 bytes allowed',
    });
  });
});

describe('the links of an alert', () => {
  const links = (alert: Record<string, unknown>) => {
    const read = readAlert({ labels: BARE, ...alert }, '/alerts/0', CONTEXT);
    return 'kind' in read ? read : read.links;
  };

  it('are those of Grafana as well', () => {
    expect(
      links({
        generatorURL: 'https://grafana.example/alerting/grafana/abc/view?orgId=1',
        dashboardURL: 'https://grafana.example/d/abc',
        panelURL: 'https://grafana.example/d/abc?viewPanel=2',
        silenceURL: 'https://grafana.example/alerting/silence/new',
        imageURL: 'https://grafana.example/render.png',
      }),
    ).toEqual({
      source: 'https://grafana.example/alerting/grafana/abc/view?orgId=1',
      dashboard: 'https://grafana.example/d/abc',
      panel: 'https://grafana.example/d/abc?viewPanel=2',
      silence: 'https://grafana.example/alerting/silence/new',
      image: 'https://grafana.example/render.png',
    });
  });

  it('are left out when they are no http or https URL', () => {
    for (const url of [
      '',
      'javascript:alert(1)',
      ' https://x.example',
      '/graph?g0.expr=up',
      'http://',
      'https://x.example/\nSet-Cookie: a',
      'https://x.example/a b',
      'ftp://x.example',
      7,
      null,
      {},
    ]) {
      expect(links({ generatorURL: url })).toEqual({});
    }
    expect(links({ generatorURL: 'HTTPS://x.example/%0A' })).toEqual({ source: 'HTTPS://x.example/%0A' });
  });
});
