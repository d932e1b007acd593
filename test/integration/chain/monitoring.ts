// A real Prometheus that watches a real target, and a real Alertmanager that posts to a webhook: both on the loopback
// interface, without gossip, and quick.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '../service/until.ts';
import { freePort } from './free-port.ts';

/** What is watched and who watches it. */
export interface Monitoring {
  /** `host:port` of the target, as the label `instance` names it. */
  readonly instance: string;
  /** Lets the target answer, so that its alert resolves. It is down at first. */
  startTarget(): Promise<void>;
  /** Ends the programs and removes what they wrote. */
  stop(): Promise<void>;
}

/** Starts everything, and resolves once Prometheus has found the Alertmanager; before that it tells nobody. */
export async function startMonitoring({ webhookUrl }: { readonly webhookUrl: string }): Promise<Monitoring> {
  const folder = await mkdtemp(join(tmpdir(), 'winnow-chain-'));
  const [target, alertmanager, prometheus] = [await freePort(), await freePort(), await freePort()];
  const file = async (name: string, text: string): Promise<string> => {
    await writeFile(join(folder, name), text);
    return join(folder, name);
  };
  const rules = await file('rules.yml', RULES);
  const prometheusConfig = await file('prometheus.yml', prometheusYaml({ rules, alertmanager, target }));
  const alertmanagerConfig = await file('alertmanager.yml', alertmanagerYaml(webhookUrl));
  const programs = [
    run('prometheus-alertmanager', [
      `--config.file=${alertmanagerConfig}`,
      `--storage.path=${join(folder, 'alertmanager')}`,
      `--web.listen-address=127.0.0.1:${alertmanager}`,
      '--cluster.listen-address=',
    ]),
    run('prometheus', [
      `--config.file=${prometheusConfig}`,
      `--storage.tsdb.path=${join(folder, 'prometheus')}`,
      `--web.listen-address=127.0.0.1:${prometheus}`,
    ]),
  ];
  let serving: Server | null = null;
  const monitoring: Monitoring = {
    instance: `127.0.0.1:${target}`,
    async startTarget() {
      serving = createServer((_request, response) => response.setHeader('content-type', 'text/plain').end('demo_up 1\n')).listen(target, '127.0.0.1');
      await once(serving, 'listening');
    },
    async stop() {
      serving?.closeAllConnections();
      serving?.close();
      for (const program of programs) await program.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
  try {
    await until('the Alertmanager to be ready', async () => (await fetch(`http://127.0.0.1:${alertmanager}/-/ready`)).ok);
    await until('Prometheus to find the Alertmanager', async () => {
      const response = await fetch(`http://127.0.0.1:${prometheus}/api/v1/alertmanagers`);
      return ((await response.json()) as { data: { activeAlertmanagers: unknown[] } }).data.activeAlertmanagers.length === 1;
    });
    return monitoring;
  } catch (error) {
    await monitoring.stop();
    throw error;
  }
}

function run(program: string, args: readonly string[]): { stop(): Promise<void> } {
  const child = spawn(program, args, { stdio: 'ignore' });
  const ended = once(child, 'exit');
  return {
    async stop() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

const RULES = `
groups:
  - name: demo
    rules:
      - alert: TargetDown
        expr: up{job="demo"} == 0
        for: 2s
        labels: {severity: critical, node: gpu-7}
        annotations:
          summary: '{{ $labels.instance }} of job {{ $labels.job }} is down'
          runbook_url: https://runbooks.example/TargetDown
`;

function prometheusYaml({ rules, alertmanager, target }: { readonly rules: string; readonly alertmanager: number; readonly target: number }): string {
  return `
global: {scrape_interval: 1s, evaluation_interval: 1s, external_labels: {cluster: demo}}
rule_files: ['${rules}']
alerting:
  alertmanagers:
    - static_configs: [{targets: ['127.0.0.1:${alertmanager}']}]
scrape_configs:
  - job_name: demo
    static_configs: [{targets: ['127.0.0.1:${target}']}]
`;
}

function alertmanagerYaml(webhookUrl: string): string {
  return `
route: {receiver: winnow, group_by: [alertname, cluster], group_wait: 100ms, group_interval: 1s, repeat_interval: 4h}
receivers:
  - name: winnow
    webhook_configs: [{url: '${webhookUrl}', send_resolved: true}]
`;
}
