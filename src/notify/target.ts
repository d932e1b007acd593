// Where messages go: the settings of each kind of destination, secrets included.

import type { Secret } from '../model/secret.ts';
import type { Severity } from '../model/severity.ts';
import type { Milliseconds } from '../model/time.ts';

/** Whom a new message mentions, by its severity, in Slack's own form such as `<!subteam^S012AB>`. */
export type SlackMentions = ReadonlyMap<Severity, string>;
/** A part of a message to be. */
export interface Template {
  /** As it is written. */
  readonly source: string;
  /** Makes the text of data; throws when that takes too much. */
  readonly render: (data: object) => string;
}

/** How the messages of a receiver look; null for what is as without a template. */
export interface MessageTemplate {
  readonly title: Template | null;
  readonly text: Template | null;
  readonly fields: readonly { readonly title: string; readonly value: Template }[];
}

/** What every target has. */
interface Styled {
  /** Left out where messages look as they do by default. */
  readonly template?: MessageTemplate;
}

/** A channel reached by Slack's Web API: messages there can be edited. */
export interface SlackAppTarget extends Styled {
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
export interface SlackWebhookTarget extends Styled {
  readonly kind: 'slack-webhook';
  readonly url: Secret;
  /** The channel as configured; empty when the webhook's own is meant. */
  readonly channel: string;
  readonly mention?: SlackMentions;
}

/** A PagerDuty service by its Events v2 integration key. */
export interface PagerDutyTarget extends Styled {
  readonly kind: 'pagerduty';
  readonly routingKey: Secret;
  /** The URL that events are posted to, by default `https://events.pagerduty.com/v2/enqueue`. */
  readonly url: string;
  /** Whether changes are told there too; left out for no. */
  readonly changeEvents?: boolean;
}

/** A version of TLS, in Node's words. */
export type TlsVersion = 'TLSv1' | 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3';

/** Whom an encrypted connection trusts, and who it says it is. */
export interface TlsSettings {
  /** The certificates that are trusted, as PEM; null for the system's. */
  readonly ca: string | null;
  /** The client's own certificate and key, as PEM; both or neither. */
  readonly cert: string | null;
  readonly key: Secret | null;
  /** The name that the server's certificate has to bear; null for the host's. */
  readonly serverName: string | null;
  readonly verify: boolean;
  /** Null for Node's defaults. */
  readonly minVersion: TlsVersion | null;
  readonly maxVersion: TlsVersion | null;
}

/** How a token is asked for that requests bear. */
export interface OAuth2Settings {
  readonly clientId: string;
  readonly clientSecret: Secret;
  readonly tokenUrl: string;
  readonly scopes: readonly string[];
  /** Further fields of the form. */
  readonly endpointParams: ReadonlyMap<string, string>;
  /** How the token's server is reached; left out for the usual. */
  readonly tls?: TlsSettings;
  readonly proxy?: Secret;
}

/** A generic webhook in Alertmanager's format. */
export interface WebhookTarget extends Styled {
  readonly kind: 'webhook';
  readonly url: Secret;
  /** The value of the header `Authorization`, or null when none is sent. */
  readonly authorization: Secret | null;
  /** Where a token is got that is sent in its place; left out for no token. */
  readonly oauth2?: OAuth2Settings;
  /** Left out for the usual. */
  readonly tls?: TlsSettings;
  /** The URL of the proxy that it is reached through; left out for none. */
  readonly proxy?: Secret;
  /** How many alerts are sent at most; 0 for all. */
  readonly maxAlerts: number;
  /** How long one call may take; null for the usual. */
  readonly timeoutMs: Milliseconds | null;
}

/** People told by e-mail. */
export interface EmailTarget extends Styled {
  readonly kind: 'email';
  /** One or several addresses, commas between them. */
  readonly to: string;
  readonly from: string;
  readonly host: string;
  readonly port: number;
  /** The name given to the server; null for the machine's. */
  readonly hello: string | null;
  /** Whether the connection is encrypted from its first byte; otherwise by STARTTLS, which `requireTls` insists on. */
  readonly implicitTls: boolean;
  readonly requireTls: boolean;
  readonly tls: TlsSettings;
  readonly auth: { readonly username: string; readonly password: Secret; readonly cramMd5: boolean } | null;
  /** Further headers by name, as in `Reply-To`; `Subject` comes before the message's own. */
  readonly headers: ReadonlyMap<string, string>;
}

/** The terminal that the service runs in. */
export interface ConsoleTarget extends Styled {
  readonly kind: 'console';
}

/** A destination's settings. */
export type Target = SlackAppTarget | SlackWebhookTarget | PagerDutyTarget | WebhookTarget | EmailTarget | ConsoleTarget;
