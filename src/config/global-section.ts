// `global`: what Slack and PagerDuty settings fall back on, and the time zone.

import type { Secret } from '../model/secret.ts';
import type { TlsSettings } from '../notify/target.ts';
import { IGNORED_GLOBAL } from './alertmanager-keys.ts';
import { hasSecret, readSecret, secretSetting, withFiles } from './secret-setting.ts';
import { fault, readMap, type Setting } from './setting.ts';
import { given, readTimeZone, readUrl } from './setting-value.ts';
import { checkWebhookUrl, webApiUrl } from './slack-url.ts';
import { NO_SMTP, readSmtp, SMTP_KEYS, type SmtpSettings } from './smtp-setting.ts';
import { DEFAULT_TLS, readTls } from './tls-setting.ts';

/** What `global` says, defaults filled in. */
export interface GlobalSettings {
  readonly slackAppToken: Secret | null;
  /** The base URL of Slack's Web API, with a trailing slash. */
  readonly slackAppUrl: string;
  readonly slackApiUrl: Secret | null;
  /** What Slack signs the buttons' requests with; without it messages have no buttons. */
  readonly slackSigningSecret: Secret | null;
  readonly pagerdutyUrl: string;
  /** What PagerDuty signs its webhooks with. */
  readonly pagerdutyWebhookSecret: Secret | null;
  readonly smtp: SmtpSettings;
  readonly smtpTls: TlsSettings;
  /** The name of the zone in which hours of the day are learned. */
  readonly timezone: string;
  /** Whether a Slack token or URL is given that is wrong: a receiver that lacks one is not to blame. */
  readonly slackFaulty: boolean;
}

/** What holds where there is no `global`. */
export const DEFAULT_GLOBAL: GlobalSettings = {
  slackAppToken: null,
  slackAppUrl: 'https://slack.com/api/',
  slackApiUrl: null,
  slackSigningSecret: null,
  pagerdutyUrl: 'https://events.pagerduty.com/v2/enqueue',
  pagerdutyWebhookSecret: null,
  smtp: NO_SMTP,
  smtpTls: DEFAULT_TLS,
  timezone: 'UTC',
  slackFaulty: false,
};

const SECRETS = withFiles('slack_app_token', 'slack_api_url');

/** Reads the section `global`. */
export function readGlobal(setting: Setting): GlobalSettings {
  const fields = readMap(setting, {
    known: [
      ...SECRETS,
      ...withFiles('slack_signing_secret'),
      'slack_app_url',
      'pagerduty_url',
      ...withFiles('pagerduty_webhook_secret'),
      ...SMTP_KEYS.map((key) => `smtp_${key}`),
      'smtp_tls_config',
      'timezone',
    ],
    ignored: IGNORED_GLOBAL,
  });
  if (fields === null) return DEFAULT_GLOBAL;
  const url = secretSetting(fields, 'slack_api_url');
  if (url !== undefined && hasSecret(fields, 'slack_app_token')) fault(url, 'slack_app_token is given as well; one of the two is allowed');
  const slackAppToken = readSecret(fields, 'slack_app_token');
  const slackApiUrl = readSecret(fields, 'slack_api_url', checkWebhookUrl);
  const appUrl = given(fields.get('slack_app_url'), readUrl);
  return {
    slackAppToken,
    slackAppUrl: appUrl === null ? DEFAULT_GLOBAL.slackAppUrl : webApiUrl(appUrl),
    slackApiUrl,
    slackSigningSecret: readSecret(fields, 'slack_signing_secret'),
    pagerdutyUrl: given(fields.get('pagerduty_url'), readUrl) ?? DEFAULT_GLOBAL.pagerdutyUrl,
    pagerdutyWebhookSecret: readSecret(fields, 'pagerduty_webhook_secret'),
    smtp: readSmtp(fields, 'smtp_', NO_SMTP),
    smtpTls: given(fields.get('smtp_tls_config'), readTls) ?? DEFAULT_TLS,
    timezone: given(fields.get('timezone'), readTimeZone) ?? DEFAULT_GLOBAL.timezone,
    slackFaulty: slackAppToken === null && slackApiUrl === null && SECRETS.some((key) => fields.has(key)),
  };
}
