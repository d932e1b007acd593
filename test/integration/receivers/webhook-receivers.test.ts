import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { WebhookSettings } from '../../../src/config/config.ts';
import { Secret } from '../../../src/model/secret.ts';
import { type Intake, IntakeUnavailable } from '../../../src/receivers/intake.ts';
import { NOON, OPEN_SETTINGS, receiverApp, recordingIntake } from './receiver-app.ts';

const ALERT = { status: 'firing', labels: { alertname: 'Bare', team: 'none' } };
const BODY = JSON.stringify({ version: '4', alerts: [ALERT] });

interface Sending {
  readonly url?: string;
  readonly method?: 'POST' | 'PUT' | 'GET';
  readonly headers?: Record<string, string>;
  readonly payload?: string | Buffer;
}

/** Sends one request to a fresh application, and gives the answer and what the intake got. */
async function send(sending: Sending, settings: WebhookSettings = OPEN_SETTINGS, intake: Intake = recordingIntake()) {
  const app = receiverApp(intake, () => settings);
  const response = await app.inject({ method: 'POST', url: '/webhooks/alertmanager', payload: BODY, ...sending });
  await app.close();
  return { response, status: response.statusCode, body: response.json(), webhooks: (intake as ReturnType<typeof recordingIntake>).webhooks };
}

describe('the answer to a webhook', () => {
  it('is 202 with how many alerts were accepted and rejected', async () => {
    const payload = JSON.stringify({ alerts: [ALERT, { labels: 'none' }, ALERT] });
    const { status, body, webhooks } = await send({ payload });
    expect([status, body]).toEqual([202, { accepted: 2, rejected: 1 }]);
    expect(webhooks[0]?.malformed).toMatchObject([{ pointer: '/alerts/1/labels' }]);
    expect(webhooks[0]?.receivedAt).toBe(NOON);
  });

  it('is 202 for a webhook without alerts, which the intake gets too', async () => {
    const { status, body, webhooks } = await send({ payload: '{"alerts":[]}' });
    expect([status, body, webhooks.length]).toEqual([202, { accepted: 0, rejected: 0 }, 1]);
  });

  it('comes only after the intake has made the alerts durable', async () => {
    let release = () => {};
    const durable = new Promise<void>((resolve) => {
      release = resolve;
    });
    let entered = () => {};
    const inIntake = new Promise<void>((resolve) => {
      entered = resolve;
    });
    const app = receiverApp(
      recordingIntake(() => {
        entered();
        return durable;
      }),
    );
    const order: string[] = [];
    const answered = app.inject({ method: 'POST', url: '/webhooks/alertmanager', payload: BODY }).then(() => order.push('answered'));
    await inIntake;
    await new Promise((resolve) => setImmediate(resolve));
    order.push('durable');
    release();
    await answered;
    await app.close();
    expect(order).toEqual(['durable', 'answered']);
  });

  it('is 503 with Retry-After when they cannot be made durable', async () => {
    const intake = recordingIntake(() => Promise.reject(new IntakeUnavailable('Redis does not answer', 2)));
    const { response, status, body } = await send({}, OPEN_SETTINGS, intake);
    expect([status, response.headers['retry-after'], response.headers['content-type']]).toEqual([
      503,
      '2',
      expect.stringContaining('application/problem+json'),
    ]);
    expect(body).toMatchObject({ status: 503, code: 'intake-unavailable', detail: 'Redis does not answer' });
  });

  it('is 400 for a body that is not JSON, and does not repeat it', async () => {
    for (const payload of ['', 'hello', '{"alerts":[', '{"token":"s3cret"', Buffer.from([0x1f, 0x8b, 8, 0])]) {
      const { response, status, body } = await send({ payload });
      expect([status, response.headers['content-type']]).toEqual([400, expect.stringContaining('application/problem+json')]);
      expect(body).toMatchObject({ status: 400, code: 'not-json', detail: 'the body is not valid JSON' });
      expect(response.body).not.toContain('s3cret');
    }
  });

  it('is 400 naming the field for JSON that is no webhook', async () => {
    expect((await send({ payload: '[]' })).body).toMatchObject({ status: 400, code: 'not-a-webhook', pointer: '' });
    expect((await send({ payload: '{"version":"4"}' })).body).toMatchObject({ status: 400, code: 'not-a-webhook', pointer: '/alerts' });
    expect((await send({ payload: '{"alerts":{}}' })).webhooks).toEqual([]);
  });

  it('is 413 beyond the body limit of the settings, and not below it', async () => {
    const settings = { ...OPEN_SETTINGS, bodyLimit: BODY.length };
    expect((await send({}, settings)).status).toBe(202);
    const { response, status, body } = await send({ payload: `${BODY} ` }, settings);
    expect([status, body.status, response.headers['content-type']]).toEqual([413, 413, expect.stringContaining('application/problem+json')]);
  });

  it('is 202 for a webhook of thousands of alerts', async () => {
    const payload = JSON.stringify({
      alerts: Array.from({ length: 5000 }, (_, i) => ({ ...ALERT, labels: { ...ALERT.labels, i }, annotations: { text: 'x'.repeat(500) } })),
    });
    expect((await send({ payload })).body).toEqual({ accepted: 5000, rejected: 0 });
  });

  it('is 415 for a compressed body', async () => {
    const { status, body } = await send({ headers: { 'content-encoding': 'gzip' } });
    expect([status, body.code]).toEqual([415, 'unsupported-encoding']);
    expect((await send({ headers: { 'content-encoding': 'identity' } })).status).toBe(202);
  });
});

describe('a body', () => {
  it('is read as JSON under any content type', async () => {
    for (const type of [
      'application/json',
      'application/json; charset=utf-8',
      'application/cloudevents+json',
      'text/plain',
      'application/x-www-form-urlencoded',
    ]) {
      expect((await send({ headers: { 'content-type': type } })).status).toBe(202);
    }
    expect((await send({ payload: Buffer.from(BODY) })).status).toBe(202);
  });

  it('may begin with a byte order mark', async () => {
    expect((await send({ payload: `\ufeff${BODY}` })).body).toEqual({ accepted: 1, rejected: 0 });
  });

  it('may name a label __proto__, which is a label like any other', async () => {
    const { status, webhooks } = await send({ payload: '{"alerts":[{"labels":{"__proto__":"x","constructor":"y"},"__proto__":{"status":"resolved"}}]}' });
    expect(status).toBe(202);
    expect(webhooks[0]?.alerts[0]).toMatchObject({
      status: 'firing',
      labels: new Map([
        ['__proto__', 'x'],
        ['constructor', 'y'],
      ]),
    });
    expect(({} as Record<string, unknown>)['status']).toBeUndefined();
  });
});

describe('the paths', () => {
  it('take POST for Alertmanager, and POST and PUT for Grafana', async () => {
    const grafana = { url: '/webhooks/grafana', payload: JSON.stringify({ version: '1', orgId: 1, alerts: [{ ...ALERT, values: null, valueString: '' }] }) };
    expect((await send(grafana)).webhooks[0]?.source).toBe('grafana');
    expect((await send({ ...grafana, method: 'PUT' })).webhooks[0]?.source).toBe('grafana');
    expect((await send({ method: 'PUT' })).status).toBe(404);
    expect((await send({ url: '/webhooks/other' })).status).toBe(404);
  });

  it('take the body of the other sender, and say whose it is', async () => {
    expect((await send({ url: '/webhooks/grafana' })).webhooks[0]?.alerts[0]?.source).toBe('alertmanager');
    expect((await send({ payload: JSON.stringify({ orgId: 1, alerts: [ALERT] }) })).webhooks[0]?.alerts[0]?.source).toBe('grafana');
  });
});

describe('authentication', () => {
  const guarded: WebhookSettings = {
    ...OPEN_SETTINGS,
    alertmanager: { basic: { username: 'am', password: new Secret('pw') }, authorization: { scheme: 'Bearer', credentials: new Secret('t0ken') }, hmac: null },
    grafana: { basic: null, authorization: null, hmac: { secret: new Secret('key'), header: 'x-sig', timestampHeader: 'x-time' } },
  };
  const basic = `Basic ${Buffer.from('am:pw').toString('base64')}`;
  const sign = (text: string, key = 'key') => createHmac('sha256', key).update(text).digest('hex');
  const time = String(NOON / 1000);
  const grafana = (headers: Record<string, string>) => send({ url: '/webhooks/grafana', headers }, guarded);

  it('lets in who has one of the credentials of the path', async () => {
    expect((await send({ headers: { authorization: basic } }, guarded)).status).toBe(202);
    expect((await send({ headers: { authorization: 'Bearer t0ken' } }, guarded)).status).toBe(202);
    expect((await grafana({ 'x-sig': sign(`${time}:${BODY}`), 'x-time': time })).status).toBe(202);
  });

  it('answers 401 with a challenge to everybody else, and the intake hears nothing', async () => {
    for (const headers of [{}, { authorization: 'Bearer wrong' }, { authorization: `Basic ${Buffer.from('am:t0ken').toString('base64')}` }]) {
      const { response, status, body, webhooks } = await send({ headers }, guarded);
      expect([status, body.code, response.headers['content-type']]).toEqual([401, 'unauthorized', expect.stringContaining('application/problem+json')]);
      expect(response.headers['www-authenticate']).toBe('Basic realm="winnow", Bearer realm="winnow"');
      expect(webhooks).toEqual([]);
    }
    const old = String(NOON / 1000 - 301);
    for (const headers of [
      {},
      { 'x-sig': sign(`${time}:${BODY}`) },
      { 'x-sig': sign(BODY), 'x-time': time },
      { 'x-sig': sign(`${time}:${BODY}`, 'other'), 'x-time': time },
      { 'x-sig': sign(`${old}:${BODY}`), 'x-time': old },
      { authorization: basic },
    ]) {
      const { response, status, webhooks } = await grafana(headers);
      expect([status, response.headers['www-authenticate'], webhooks.length]).toEqual([401, 'HMAC-SHA256 realm="winnow"', 0]);
    }
  });

  it('comes before the body is looked at', async () => {
    expect((await send({ payload: 'not json' }, guarded)).status).toBe(401);
    expect((await send({ url: '/webhooks/grafana', payload: 'not json', headers: { 'x-sig': 'ab', 'x-time': time } }, guarded)).status).toBe(401);
    expect((await send({ payload: `${BODY} ` }, { ...guarded, bodyLimit: 1 })).status).toBe(401);
  });

  it('follows the settings in force', async () => {
    let settings = OPEN_SETTINGS;
    const app = receiverApp(recordingIntake(), () => settings);
    const post = async () => (await app.inject({ method: 'POST', url: '/webhooks/alertmanager', payload: BODY })).statusCode;
    expect(await post()).toBe(202);
    settings = guarded;
    expect(await post()).toBe(401);
    await app.close();
  });
});
