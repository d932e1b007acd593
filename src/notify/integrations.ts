// The list of integrations. A new one is a folder beside this file, a kind of target, and a line here.

import type { Milliseconds } from '../model/time.ts';
import { type ConsoleOptions, createConsoleIntegration } from './console/integration.ts';
import { createEmail } from './email/sender.ts';
import type { Integration } from './integration.ts';
import { createPagerDuty } from './pagerduty/sender.ts';
import { createSlackApp } from './slack/app.ts';
import { createSlackWebhook } from './slack/webhook.ts';
import type { Target } from './target.ts';
import { createWebhook } from './webhook/sender.ts';

/** What the integrations take, all together. */
export interface IntegrationsOptions {
  readonly console: ConsoleOptions;
  /** How long one call to another service may take; 10 s by default. */
  readonly timeoutMs?: Milliseconds;
}

/** Makes every integration, by the kind of target that it serves. */
export function createIntegrations({ console, timeoutMs }: IntegrationsOptions): ReadonlyMap<Target['kind'], Integration> {
  const network = timeoutMs === undefined ? {} : { timeoutMs };
  const all: readonly Integration[] = [
    createSlackApp(network),
    createSlackWebhook(network),
    createPagerDuty(network),
    createWebhook(network),
    createEmail(network),
    createConsoleIntegration(console),
  ];
  return new Map(all.map((integration) => [integration.kind, integration]));
}
