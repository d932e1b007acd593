// `winnow template render`: what a receiver would be told of a webhook.

import type { Environment } from '../../config/setting.ts';
import type { Instant } from '../../model/time.ts';
import { renderMessage } from '../../notify/console/render.ts';
import { composeMessage } from '../../notify/message.ts';
import { readWebhook } from '../../receivers/webhook-body.ts';
import { receiverTargets } from './receiver-targets.ts';
import { viewsOf } from './webhook-view.ts';

/** What the command is run with. */
export interface TemplateRenderOptions {
  readonly configFile: string;
  readonly receiver: string;
  /** A webhook of Alertmanager or Grafana as JSON text. */
  readonly webhook: string;
  readonly env: Environment;
  readonly now: Instant;
  readonly out: (text: string) => void;
  readonly err: (line: string) => void;
}

/** Prints a message for each incident that the webhook makes. Exit status 0; 1 when configuration, receiver or webhook is not usable. */
export async function templateRender({ configFile, receiver, webhook, env, now, out, err }: TemplateRenderOptions): Promise<number> {
  const found = receiverTargets(configFile, receiver, env, err);
  if (found === null) return 1;
  const body = parsed(webhook);
  const event = readWebhook(body, { source: 'alertmanager', receivedAt: now });
  if (event.kind === 'fault') {
    err(`not a webhook: ${event.pointer} ${event.detail}`.replace(':  ', ': '));
    return 1;
  }
  const template = [...found.targets.values()][0]?.template;
  for (const view of viewsOf(event, found.config.policy, found.config.externalUrl)) {
    const message = composeMessage({ ...view, ...(template === undefined ? {} : { template }) });
    out(`${renderMessage(message, { kind: 'trigger', color: false })}\n`);
  }
  return 0;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
