// A real Alertmanager whose webhook does not lead here: what it has is found by asking it.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { freePort } from '../chain/free-port.ts';
import { type RedisProcess, startRedis } from './redis-process.ts';
import { type IncidentAnswer, incidentsOf, ledgerOf } from './rest-client.ts';
import { startService } from './running-service.ts';
import { undoList } from './undo.ts';
import { until } from './until.ts';

const undo = undoList();
let redis: RedisProcess;
let alertmanager: string;
let url: string;

beforeEach(async () => {
  redis = await startRedis();
  undo.later(() => redis.remove());
  const folder = await mkdtemp(join(tmpdir(), 'winnow-upstream-'));
  undo.later(() => rm(folder, { recursive: true, force: true }));
  const config = join(folder, 'alertmanager.yml');
  await writeFile(
    config,
    `
route: {receiver: winnow, routes: [{receiver: other, matchers: ['team="other"']}]}
receivers: [{name: winnow}, {name: other}]
inhibit_rules: [{source_matchers: ['alertname="NodeDown"'], target_matchers: ['alertname="DiskSlow"'], equal: [node]}]
`,
  );
  const port = await freePort();
  alertmanager = `http://127.0.0.1:${port}`;
  const program = spawn(
    'prometheus-alertmanager',
    [`--config.file=${config}`, `--storage.path=${join(folder, 'data')}`, `--web.listen-address=127.0.0.1:${port}`, '--cluster.listen-address='],
    { stdio: 'ignore' },
  );
  const ended = once(program, 'exit');
  undo.later(async () => {
    program.kill('SIGKILL');
    await ended;
  });
  await until('the Alertmanager to be ready', async () => (await fetch(`${alertmanager}/-/ready`)).ok);
  const service = await startService({
    redisUrl: redis.url,
    config: `
route: {receiver: terminal, group_wait: 100ms, group_interval: 1ms}
receivers: [{name: terminal, console_configs: [{}]}]
upstreams: [{url: '${alertmanager}', receiver: winnow}]
`,
    reconciling: { every: 200, patience: { differs: 300, uptime: 0 } },
  });
  undo.later(() => service.close());
  url = service.url;
}, 60_000);

afterEach(() => undo.all());

async function post(path: string, body: unknown): Promise<void> {
  const response = await fetch(`${alertmanager}/api/v2/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(response.status).toBe(200);
}

const alert = (labels: Record<string, string>, given: object = {}) => post('alerts', [{ labels, ...given }]);

/** The only incident, once it fulfils a condition. */
const incident = (what: string, condition: (incident: IncidentAnswer) => boolean) =>
  until(what, async () => {
    const [first] = await incidentsOf(url);
    if (first === undefined) throw new Error('there is no incident');
    if (!condition(first)) throw new Error(JSON.stringify(first));
    return first;
  });

describe('an upstream Alertmanager', () => {
  it('has alerts that never came: they are taken in, and end here when they end there', async () => {
    await alert({ alertname: 'NodeDown', node: 'gpu-7', severity: 'critical' });
    await alert({ alertname: 'NodeDown', node: 'gpu-9', team: 'other' });
    const opened = await incident('the missed alert', ({ status }) => status === 'open');
    expect(opened.alerts.map(({ labels, status }) => [labels['node'], status])).toEqual([['gpu-7', 'firing']]);
    await alert({ alertname: 'NodeDown', node: 'gpu-7', severity: 'critical' }, { endsAt: new Date(Date.now() - 1000).toISOString() });
    await incident('its end', ({ status, resolvedAt }) => status === 'resolved' && resolvedAt !== null);
    expect(await ledgerOf(url)).toMatchObject({ received: 1, failed: 0 });
    expect(await incidentsOf(url)).toHaveLength(1);
  });

  it('silences and inhibits alerts, and the incident says so', async () => {
    await alert({ alertname: 'DiskSlow', node: 'gpu-7' });
    await incident('the missed alert', ({ alertCount }) => alertCount === 1);
    await alert({ alertname: 'NodeDown', node: 'gpu-7', severity: 'critical' });
    const matchers = [{ name: 'alertname', value: 'NodeDown', isRegex: false, isEqual: true }];
    const [startsAt, endsAt] = [new Date().toISOString(), new Date(Date.now() + 3_600_000).toISOString()];
    await incident('both', ({ alertCount }) => alertCount === 2);
    await post('silences', { matchers, startsAt, endsAt, createdBy: 'ada', comment: 'at work' });
    const { id } = await incident('an incident', () => true);
    await until('the timeline to tell', async () => {
      const text = await (await fetch(`${url}/api/v1/incidents/${id}/timeline`)).text();
      return text.includes('1 silenced and 1 inhibited in Alertmanager');
    });
  });
});
