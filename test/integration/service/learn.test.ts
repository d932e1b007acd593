// An instance is given what history teaches, and nothing but that.

import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { learnCommand } from '../../../src/cli/learn/learn-command.ts';
import { DAY, HOUR, MINUTE } from '../../../src/model/time.ts';
import { sink, streamOf } from '../../unit/replay/recording.ts';
import { type RedisProcess, startRedis } from './redis-process.ts';
import { incidentsOf, ledgerOf } from './rest-client.ts';
import { startService } from './running-service.ts';
import { undoList } from './undo.ts';

const CONFIG = 'route: {receiver: terminal}\nreceivers: [{name: terminal, console_configs: [{}]}]\n';

const undo = undoList();
let redis: RedisProcess;
beforeAll(async () => {
  redis = await startRedis();
  undo.later(() => redis.remove());
});
afterAll(() => undo.all());

it('learns once, without an alert, an incident or a message', { timeout: 60_000 }, async () => {
  const service = await startService({ config: CONFIG, redisUrl: redis.url });
  undo.later(() => service.close());
  const events = join(await mkdtemp(join(tmpdir(), 'winnow-learn-')), 'events.ndjson');
  const lines = Array.from({ length: 40 }, (_, i) => {
    const at = Date.now() - 5 * DAY + i * HOUR;
    const alert = { labels: { alertname: 'Slow', node: `n${i % 3}` }, startsAt: new Date(at).toISOString() };
    const line = (time: number, more: object) =>
      JSON.stringify({ receivedAt: new Date(time).toISOString(), source: 'alertmanager', body: { version: '4', alerts: [{ ...alert, ...more }] } });
    return `${line(at, { status: 'firing' })}\n${line(at + MINUTE, { status: 'resolved', endsAt: new Date(at + MINUTE).toISOString() })}\n`;
  });
  await writeFile(events, lines.join(''));
  const learn = async (url = service.url) => {
    const stderr = sink();
    const code = await learnCommand({ configFile: null, service: { url, token: null }, events, env: {}, stdin: streamOf(), stderr });
    return { code, said: stderr.text() };
  };

  const first = await learn();
  expect(first.code).toBe(0);
  const added = Number(/^(\d+) records added, 0 left out/.exec(first.said)?.[1]);
  // Three alerts and their rule, as a rule and by its lifespan, and more.
  expect(added).toBeGreaterThanOrEqual(5);
  expect(await learn()).toEqual({ code: 0, said: `0 records added, ${added} left out as the instance knows something of these already\n` });
  expect(await incidentsOf(service.url)).toEqual([]);
  expect(await ledgerOf(service.url)).toMatchObject({ received: 0, pending: 0 });
  expect(await learn('http://127.0.0.1:1')).toMatchObject({ code: 1, said: expect.stringContaining('cannot be reached') });
});
