// Debian's Alertmanager as a subject: alone, without a cluster, telling one webhook.

import { mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Program } from '../src/store/debian-package.ts';
import { freePort, startProgram } from './child-process.ts';
import { type EncodeAlerts, GROUP_INTERVAL, type Subject, type SubjectOptions } from './subject.ts';

/** How Alertmanager is run. */
export interface AlertmanagerProgram {
  readonly program: Program;
  /** The folder for data directories. */
  readonly scratch: string;
}

/** The alerts of Alertmanager's own API. */
export const encodePostableAlerts: EncodeAlerts = (alerts) => JSON.stringify(alerts);

/** Starts Alertmanager on an empty data directory. */
export async function startAlertmanager(alertmanager: AlertmanagerProgram, options: SubjectOptions): Promise<Subject> {
  const folder = mkdtempSync(join(alertmanager.scratch, 'alertmanager-'));
  writeFileSync(join(folder, 'alertmanager.yml'), configuration(options));
  return startIn(folder, alertmanager, options);
}

async function startIn(folder: string, alertmanager: AlertmanagerProgram, options: SubjectOptions): Promise<Subject> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const { path, env } = alertmanager.program;
  const running = await startProgram({
    command: path,
    args: [
      `--config.file=${join(folder, 'alertmanager.yml')}`,
      `--storage.path=${join(folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--cluster.listen-address=',
    ],
    env,
    // It tells at length of the messages that are cut off when it is stopped.
    shown: false,
    readyUrl: `${url}/-/ready`,
  });
  return {
    ...running,
    name: 'alertmanager',
    intakeUrl: `${url}/api/v2/alerts`,
    told: async () => Number(await (await fetch(`${options.destination}/seen`)).text()),
    restart: () => startIn(folder, alertmanager, options),
    async discard() {
      await running.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function configuration({ destination }: SubjectOptions): string {
  return `
global: {resolve_timeout: 1h}
route: {receiver: webhook, group_by: [alertname, service], group_wait: 0s, group_interval: ${GROUP_INTERVAL}, repeat_interval: 4h}
receivers:
  - name: webhook
    webhook_configs:
      - {url: '${destination}/alertmanager'}
`;
}
