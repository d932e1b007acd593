// Winnow as a subject: the real process with its embedded Redis, telling one PagerDuty service.

import { mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { dependencies, webhookOf } from './alerts.ts';
import { freePort, startProgram } from './child-process.ts';
import { type EncodeAlerts, GROUP_INTERVAL, type Subject, type SubjectOptions } from './subject.ts';

/** How Winnow is run. */
export interface WinnowProgram {
  /** `dist/cli/winnow.js` of the build to measure. */
  readonly script: string;
  /** Options for node, such as `--cpu-prof`. */
  readonly nodeOptions: readonly string[];
  /** The folder for data directories: on a real disk, since what is measured includes its writes. */
  readonly scratch: string;
}

/** A webhook of Alertmanager's, as Winnow takes it in. */
export const encodeWebhook: EncodeAlerts = (alerts) => JSON.stringify(webhookOf(alerts));

/** Starts Winnow on an empty data directory. */
export async function startWinnow(program: WinnowProgram, options: SubjectOptions): Promise<Subject> {
  const folder = mkdtempSync(join(program.scratch, 'winnow-'));
  writeFileSync(join(folder, 'winnow.yaml'), configuration(options));
  return startIn(folder, program);
}

async function startIn(folder: string, program: WinnowProgram): Promise<Subject> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const running = await startProgram({
    command: process.execPath,
    args: [...program.nodeOptions, program.script, 'serve', '--config', join(folder, 'winnow.yaml'), '--listen', `127.0.0.1:${port}`],
    env: { WINNOW_DATA_DIR: join(folder, 'data'), WINNOW_LOG_LEVEL: 'fatal', REDIS_URL: '' },
    shown: true,
    readyUrl: `${url}/-/ready`,
  });
  return {
    ...running,
    name: 'winnow',
    intakeUrl: `${url}/webhooks/alertmanager`,
    async told() {
      const ledger = (await (await fetch(`${url}/api/v1/ledger`)).json()) as { readonly notified: number };
      return ledger.notified;
    },
    restart: () => startIn(folder, program),
    async discard() {
      await running.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function configuration({ destination, alerts }: SubjectOptions): string {
  const edges = dependencies(alerts).map(([from, to]) => `    - {from: service/${from}, to: [service/${to}]}`);
  return `
route: {receiver: on-call, group_wait: 0s, group_interval: ${GROUP_INTERVAL}, repeat_interval: 4h}
receivers:
  - name: on-call
    pagerduty_configs:
      - {routing_key: 0123456789abcdef0123456789abcdef, url: '${destination}/v2/enqueue'}
# So many alerts at once are a storm, of which people would get one message.
suppression: {storm: {enabled: false}}
topology:
  entities: {service: [service]}
  dependencies:${edges.length === 0 ? ' []' : `\n${edges.join('\n')}`}
`;
}
