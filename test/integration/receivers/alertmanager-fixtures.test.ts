// Webhooks recorded byte for byte from Alertmanager 0.25 and Prometheus 2.42, through HTTP.

import { readdirSync, readFileSync } from 'node:fs';
import { type AddressInfo, connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { fingerprintOf } from '../../../src/model/labels.ts';
import { OPEN_SETTINGS, receiverApp, recordingIntake } from './receiver-app.ts';

const FOLDER = new URL('../../fixtures/alertmanager/', import.meta.url);
const fixture = (name: string) => readFileSync(new URL(name, FOLDER));

/** Each file: how many alerts it holds, firing and resolved. */
const FIXTURES: readonly (readonly [file: string, firing: number, resolved: number])[] = [
  ['01-firing-single.json', 1, 0],
  ['02-firing-two-in-group.json', 2, 0],
  ['03-firing-one-resolved-one-firing.json', 1, 1],
  ['04-resolved-last.json', 0, 1],
  ['05-refire-same-fingerprint.json', 1, 0],
  ['06-firing-truncated-max5-of-50.json', 5, 0],
  ['07-resolved-truncated-max5-of-50.json', 0, 5],
  ['10-bare-no-annotations-ns-startsAt.json', 1, 0],
  ['11-inhibitor-critical.json', 1, 0],
  ['13-prometheus-chain-firing.json', 1, 0],
  ['14-prometheus-chain-resolved.json', 0, 1],
];

async function post(file: string) {
  const intake = recordingIntake();
  const app = receiverApp(intake);
  const response = await app.inject({ method: 'POST', url: '/webhooks/alertmanager', headers: { 'content-type': 'application/json' }, payload: fixture(file) });
  await app.close();
  return { response, webhook: intake.webhooks[0], count: intake.webhooks.length };
}

describe('a webhook recorded from Alertmanager', () => {
  it('is tried with every recording there is', () => {
    expect(FIXTURES.map(([file]) => file)).toEqual(
      readdirSync(FOLDER)
        .filter((file) => file.endsWith('.json'))
        .sort(),
    );
  });

  it.each(FIXTURES)('%s is taken in: %i firing, %i resolved', async (file, firing, resolved) => {
    const { response, webhook, count } = await post(file);
    expect([response.statusCode, response.json(), count]).toEqual([202, { accepted: firing + resolved, rejected: 0 }, 1]);
    expect(webhook?.source).toBe('alertmanager');
    expect(webhook?.malformed).toEqual([]);
    const statuses = webhook?.alerts.map((alert) => alert.status) ?? [];
    expect([statuses.filter((status) => status === 'firing').length, statuses.filter((status) => status === 'resolved').length]).toEqual([firing, resolved]);
    for (const alert of webhook?.alerts ?? []) {
      expect(alert.endsAt === null).toBe(alert.status === 'firing');
      expect(alert.startsAt).not.toBeNull();
      expect(alert.groupKey).not.toBe('');
    }
  });

  it.each(FIXTURES)('%s has the fingerprints that are computed of its labels', async (file) => {
    const { webhook } = await post(file);
    for (const alert of webhook?.alerts ?? []) expect(fingerprintOf(alert.labels)).toBe(alert.fingerprint);
  });

  it('keeps its text, its links and its times', async () => {
    const { webhook } = await post('01-firing-single.json');
    expect(webhook?.alerts).toEqual([
      {
        fingerprint: '72e001949b8f9e1f',
        status: 'firing',
        labels: new Map([
          ['alertname', 'HighLatency'],
          ['cluster', 'prod-eu'],
          ['instance', '10.0.0.1:9100'],
          ['service', 'checkout'],
          ['severity', 'warning'],
        ]),
        annotations: new Map([
          ['description', 'Héllo ✓ <&> "quoted" \\ back\nsecond line'],
          ['runbook_url', 'https://runbooks.example/HighLatency'],
          ['summary', 'HighLatency on 10.0.0.1:9100'],
        ]),
        startsAt: { ms: Date.parse('2026-11-23T09:22:56.275Z'), text: '2026-11-23T09:22:56.275Z' },
        endsAt: null,
        links: { source: 'http://prometheus.example:9090/graph?g0.expr=up+%3D%3D+0&g0.tab=1', alertmanager: 'http://alertmanager.example:9093' },
        source: 'alertmanager',
        groupKey: '{}:{alertname="HighLatency", cluster="prod-eu"}',
      },
    ]);
  });

  it('keeps a start to the nanosecond', async () => {
    const { webhook } = await post('10-bare-no-annotations-ns-startsAt.json');
    expect(webhook?.alerts[0]).toMatchObject({ startsAt: { text: '2026-11-23T09:23:19.875307259Z' }, annotations: new Map(), links: {} });
  });
});

describe('a webhook sent over a socket', () => {
  it('is read whole, in pieces and without a content type', async () => {
    const intake = recordingIntake();
    const app = receiverApp(intake);
    await app.listen({ host: '127.0.0.1', port: 0 });
    const { port } = app.server.address() as AddressInfo;
    const body = fixture('06-firing-truncated-max5-of-50.json');
    const answer = await exchange(port, [
      'POST /webhooks/alertmanager HTTP/1.1\r\nHost: winnow\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n',
      ...[body.subarray(0, 1000), body.subarray(1000)].map((part) =>
        Buffer.concat([Buffer.from(`${part.length.toString(16)}\r\n`), part, Buffer.from('\r\n')]),
      ),
      '0\r\n\r\n',
    ]);
    await app.close();
    expect(answer).toMatch(/^HTTP\/1\.1 202 /);
    expect(answer).toContain('{"accepted":5,"rejected":0}');
    expect(intake.webhooks[0]?.alerts).toHaveLength(5);
  });

  it('is answered 413 once it exceeds the limit, though its length was not declared', async () => {
    const intake = recordingIntake();
    const app = receiverApp(intake, () => ({ ...OPEN_SETTINGS, bodyLimit: 1000 }));
    await app.listen({ host: '127.0.0.1', port: 0 });
    const { port } = app.server.address() as AddressInfo;
    const answer = await exchange(port, [
      'POST /webhooks/alertmanager HTTP/1.1\r\nHost: winnow\r\nTransfer-Encoding: chunked\r\n\r\n',
      `3e9\r\n${' '.repeat(1001)}\r\n`,
    ]);
    await app.close();
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(intake.webhooks).toEqual([]);
  });
});

/** Writes the pieces to a socket and gives what is answered until the other side closes. */
function exchange(port: number, pieces: readonly (string | Uint8Array)[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let answer = '';
    socket.on('data', (data) => {
      answer += data.toString();
    });
    socket.on('error', reject);
    socket.on('end', () => resolve(answer));
    for (const piece of pieces) socket.write(piece);
  });
}
