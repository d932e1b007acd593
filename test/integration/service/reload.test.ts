// The configuration is read again while two processes run: both follow it, and a bad file changes nothing in either.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LiveConfig, liveConfig } from '../../../src/config/live-config.ts';
import { parseConfig } from '../../../src/config/parse-config.ts';
import { type SlackStandIn, startSlack } from '../../stand-ins/slack.ts';
import { type RedisProcess, startRedis } from './redis-process.ts';
import { ask, type DeliveryAnswer, settledLedger } from './rest-client.ts';
import { configOf, startService } from './running-service.ts';
import { serviceConfig } from './service-config.ts';
import { undoList } from './undo.ts';
import { until } from './until.ts';
import { nodeDown, postUntilAccepted, webhookBody } from './webhooks.ts';

const undo = undoList();
let redis: RedisProcess;
let slack: SlackStandIn;
let urls: string[];
/** What stands in the file that both read. */
let file: string;

function live(): LiveConfig {
  return liveConfig({
    initial: configOf(file),
    load: () => parseConfig({ text: file, file: 'winnow.yaml', env: {}, readFile: () => '' }),
    objection: () => null,
  });
}

beforeEach(async () => {
  redis = await startRedis();
  undo.later(() => redis.remove());
  slack = await startSlack();
  undo.later(() => slack.close());
  file = serviceConfig({ slack: slack.url });
  urls = [];
  for (let i = 0; i < 2; i++) {
    const service = await startService({ redisUrl: redis.url, config: file, live: live() });
    undo.later(() => service.close());
    urls.push(service.url);
  }
}, 60_000);

afterEach(() => undo.all());

const reload = (i: number) => ask(urls[i] ?? '', '/-/reload', { method: 'POST' });
const externalUrls = () => Promise.all(urls.map(async (url) => (await ask<{ external_url: string | null }>(url, '/api/v1/config')).external_url));

describe('POST /-/reload', () => {
  it('brings a new file into force in every process, and is in the audit log', async () => {
    file = `${file}\nexternal_url: https://winnow.example.com\n`;
    expect(await reload(0)).toMatchObject({ changed: true, warnings: [] });
    await until('both to follow', async () => (await externalUrls()).every((url) => url === 'https://winnow.example.com'));
    const { items } = await until('the audit log to tell', async () => {
      const audit = await ask<{ items: { action: string }[] }>(urls[1] ?? '', '/api/v1/audit');
      if (audit.items.length === 0) throw new Error('it is empty');
      return audit;
    });
    expect(items).toMatchObject([{ action: 'reload', by: 'anonymous' }]);
    expect(await reload(1)).toMatchObject({ changed: false });
  });

  it('of a bad file leaves the old one in force and says why', async () => {
    file = file.replace('group_wait: 100ms', 'group_wait: soon');
    await expect(reload(0)).rejects.toMatchObject({ status: 422, code: 'invalid-config' });
    const answer = (await (await fetch(`${urls[0]}/-/reload`, { method: 'POST' })).json()) as { detail: string };
    expect(answer.detail).toMatch(/winnow\.yaml:2:\d+: route\.group_wait: "soon" is not a duration/);
    expect(await externalUrls()).toEqual([null, null]);
    expect(await (await fetch(`${urls[0]}/metrics`)).text()).toContain('winnow_config_last_reload_successful 0');
  });

  it('that takes a destination away ends what is due there, and says so', async () => {
    slack.failNext({ kind: 'status', status: 503 });
    slack.failNext({ kind: 'status', status: 503 });
    await postUntilAccepted(urls[0] ?? '', webhookBody([nodeDown('gpu-7')]));
    await until('an attempt', () => slack.calls.length > 0);
    file = 'route: {receiver: ml-oncall, group_wait: 100ms}\nreceivers: [{name: ml-oncall, console_configs: [{}]}]\n';
    await reload(0);
    await reload(1);
    const failed = await until('the delivery to fail', async () => {
      const { items } = await ask<{ items: DeliveryAnswer[] }>(urls[0] ?? '', '/api/v1/deliveries?status=failed');
      if (items[0] === undefined) throw new Error('none has failed');
      return items[0];
    });
    expect(failed.lastError).toBe('the destination is no longer configured');
    expect(await settledLedger(urls[0] ?? '', 1)).toMatchObject({ failed: 1 });
  });
});
