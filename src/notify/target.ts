// Where messages go: the settings of each kind of destination, secrets included.

import type { Secret } from '../model/secret.ts';
import type { Severity } from '../model/severity.ts';

/** Whom a new message mentions, by its severity, in Slack's own form such as `<!subteam^S012AB>`. */
export type SlackMentions = ReadonlyMap<Severity, string>;

/** A channel reached by Slack's Web API: messages there can be edited. */
export interface SlackAppTarget {
  readonly kind: 'slack-app';
  readonly token: Secret;
  /** The base URL of the Web API, with a trailing slash. */
  readonly apiUrl: string;
  readonly channel: string;
  /** Whether messages have buttons: there has to be a secret that their requests are signed with. */
  readonly buttons?: boolean;
  readonly mention?: SlackMentions;
}

/** A Slack incoming webhook: each message is a new one. */
export interface SlackWebhookTarget {
  readonly kind: 'slack-webhook';
  readonly url: Secret;
  /** The channel as configured; empty when the webhook's own is meant. */
  readonly channel: string;
  readonly mention?: SlackMentions;
}

/** A PagerDuty service by its Events v2 integration key. */
export interface PagerDutyTarget {
  readonly kind: 'pagerduty';
  readonly routingKey: Secret;
  /** The URL that events are posted to, by default `https://events.pagerduty.com/v2/enqueue`. */
  readonly url: string;
}

/** The terminal that the service runs in. */
export interface ConsoleTarget {
  readonly kind: 'console';
}

/** A destination's settings. */
export type Target = SlackAppTarget | SlackWebhookTarget | PagerDutyTarget | ConsoleTarget;
