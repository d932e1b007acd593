// A checked configuration, as the parts of the service take it.

import type { Policy } from '../correlate/policy.ts';
import type { Secret } from '../model/secret.ts';
import type { Milliseconds } from '../model/time.ts';
import type { Target } from '../notify/target.ts';
import type { Route } from '../route/route-tree.ts';

/** How a webhook receiver knows its sender; with several set, any one suffices. All null: anyone may post. */
export interface WebhookAuthentication {
  readonly basic: { readonly username: string; readonly password: Secret } | null;
  /** The whole `Authorization` scheme and credentials, by default scheme `Bearer`. */
  readonly authorization: { readonly scheme: string; readonly credentials: Secret } | null;
  /** Grafana's signature. Header names are lower case; without a timestamp header the body alone is signed. */
  readonly hmac: { readonly secret: Secret; readonly header: string; readonly timestampHeader: string | null } | null;
}

/** The settings of the webhook receivers. */
export interface WebhookSettings {
  /** In bytes. */
  readonly bodyLimit: number;
  readonly alertmanager: WebhookAuthentication;
  readonly grafana: WebhookAuthentication;
}

/** How long what is over is kept. */
export interface Retention {
  readonly incidents: Milliseconds;
  /** What came in, for `winnow export`: for how long, 0 when it is not recorded, and how many compressed bytes of it. */
  readonly webhooks: Milliseconds;
  readonly webhooksSize: number;
}

/** One file of configuration, with all defaults filled in. */
export interface Config {
  readonly policy: Policy;
  /** The routing tree that `policy.route` follows, for those who want to see it. */
  readonly routes: Route;
  /** Destination id to its settings. */
  readonly targets: ReadonlyMap<string, Target>;
  readonly webhooks: WebhookSettings;
  /** What PagerDuty signs its webhooks with; null when it may not post. */
  readonly pagerdutyWebhookSecret: Secret | null;
  /** What Slack signs the requests of its buttons with; null when there are no buttons. */
  readonly slackSigningSecret: Secret | null;
  readonly retention: Retention;
  /** Where people reach this service, without a trailing slash; null when not configured. */
  readonly externalUrl: string | null;
  /** The configuration in force as plain JSON, secrets masked, defaults filled in. */
  readonly document: unknown;
  /** What was accepted and will have no effect, one sentence each with its place. */
  readonly warnings: readonly ConfigFault[];
}

/** Something wrong, or without effect, in a configuration file. Lines and columns count from 1. */
export interface ConfigFault {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** What is wrong, and what is allowed. */
  readonly message: string;
}
