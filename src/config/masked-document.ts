// The configuration in force, in the file's own words: defaults filled in, secrets masked.

import { isDeepStrictEqual } from 'node:util';
import type { CorrelationPolicy, DomainRule, InhibitRule, SeverityPolicy } from '../correlate/policy.ts';
import { formatMatcher } from '../model/matcher.ts';
import { Secret } from '../model/secret.ts';
import { SEVERITIES } from '../model/severity.ts';
import type { Milliseconds } from '../model/time.ts';
import type {
  EmailTarget,
  MessageTemplate,
  OAuth2Settings,
  SlackAppTarget,
  SlackWebhookTarget,
  TlsSettings,
  TlsVersion,
  WebhookTarget,
} from '../notify/target.ts';
import type { Route } from '../route/route-tree.ts';
import type { Range } from '../route/time-interval.ts';
import { writeByteSize } from './byte-size.ts';
import { DAYS_OF_MONTH, MONTHS, type RangeKind, WEEKDAYS, writeRange, YEARS } from './calendar-range.ts';
import type { ApiSettings, Retention, Upstream, WebhookAuthentication, WebhookSettings } from './config.ts';
import type { Place } from './destination.ts';
import { writeDuration } from './duration.ts';
import type { GlobalSettings } from './global-section.ts';
import type { ReceiverSettings } from './receivers-section.ts';
import type { RedactSettings } from './redaction.ts';
import { suppressionDocument } from './suppression-document.ts';
import type { SuppressionSettings } from './suppression-section.ts';
import type { LocatedInterval, TimeIntervalSettings } from './time-intervals-section.ts';
import { writeTimeOfDay } from './time-of-day.ts';
import { DEFAULT_TLS } from './tls-setting.ts';
import type { TopologySettings } from './topology-section.ts';

/** Everything that a file says, checked. */
export interface CheckedSettings {
  readonly global: GlobalSettings;
  readonly route: Route;
  readonly receivers: readonly ReceiverSettings[];
  readonly inhibitRules: readonly InhibitRule[];
  readonly timeIntervals: TimeIntervalSettings;
  readonly severities: SeverityPolicy;
  readonly topology: TopologySettings;
  readonly domains: readonly DomainRule[];
  readonly correlation: CorrelationPolicy;
  readonly suppression: SuppressionSettings;
  readonly staleAfter: Milliseconds | null;
  readonly webhooks: WebhookSettings;
  readonly api: ApiSettings;
  readonly upstreams: readonly Upstream[];
  readonly redaction: RedactSettings;
  readonly retention: Retention;
  readonly externalUrl: string | null;
}

/** The settings as plain JSON with the file's keys; each secret is the text `<secret>`. */
export function maskedDocument(settings: CheckedSettings): unknown {
  const { global, correlation } = settings;
  // Text and JSON of a `Secret` are its mask: serialising is what masks.
  return JSON.parse(
    JSON.stringify({
      external_url: settings.externalUrl,
      global: {
        slack_app_token: global.slackAppToken ?? undefined,
        slack_app_url: global.slackAppUrl,
        slack_api_url: global.slackApiUrl ?? undefined,
        slack_signing_secret: global.slackSigningSecret ?? undefined,
        pagerduty_url: global.pagerdutyUrl,
        pagerduty_webhook_secret: global.pagerdutyWebhookSecret ?? undefined,
        timezone: global.timezone,
      },
      route: routeDocument(settings.route, true),
      receivers: settings.receivers.map(receiverDocument),
      inhibit_rules: settings.inhibitRules.map(({ source, target, equal }) => ({ source_matchers: [source.text], target_matchers: [target.text], equal })),
      time_intervals: [...settings.timeIntervals].map(([name, intervals]) => ({ name, time_intervals: intervals.map(intervalDocument) })),
      severities: {
        label: settings.severities.label,
        ...Object.fromEntries(SEVERITIES.map((severity) => [severity, wordsFor(settings.severities, severity)])),
      },
      topology: topologyDocument(settings.topology),
      domains: settings.domains.map(({ source, domain }) => ({ matchers: [source], domain })),
      correlation: { window: writeDuration(correlation.window), max_hops: correlation.maxHops, reopen_within: writeDuration(correlation.reopenWithin) },
      suppression: suppressionDocument(settings.suppression),
      stale_after: settings.staleAfter === null ? null : writeDuration(settings.staleAfter),
      webhooks: webhooksDocument(settings.webhooks),
      api: apiDocument(settings.api),
      upstreams: settings.upstreams.map(({ url, receiver, ...authentication }) => ({
        url,
        receiver: receiver ?? undefined,
        ...(authenticationDocument({ ...authentication, hmac: null }) as object),
      })),
      redact: { labels: [...settings.redaction.labels], annotations: [...settings.redaction.annotations], key: settings.redaction.key ?? undefined },
      retention: {
        incidents: writeDuration(settings.retention.incidents),
        webhooks: writeDuration(settings.retention.webhooks),
        webhooks_size: writeByteSize(settings.retention.webhooksSize),
      },
    }),
  );
}

function routeDocument(route: Route, root: boolean): unknown {
  return {
    receiver: route.receiver,
    ...(root ? {} : { matchers: route.matchers.map(formatMatcher), continue: route.continues }),
    group_wait: writeDuration(route.timing.groupWait),
    group_interval: writeDuration(route.timing.groupInterval),
    repeat_interval: writeDuration(route.timing.repeatInterval),
    mute_time_intervals: route.hours?.flatMap(({ muteIn }) => muteIn),
    active_time_intervals: route.hours?.flatMap(({ activeIn }) => activeIn),
    routes: route.routes.map((child) => routeDocument(child, false)),
  };
}

function receiverDocument({ name, places, fallback, template }: ReceiverSettings): unknown {
  const of = (integration: string) => places.filter((place) => place.destination.integration === integration).map(placeDocument);
  return {
    name,
    slack_configs: of('slack'),
    pagerduty_configs: of('pagerduty'),
    webhook_configs: of('webhook'),
    email_configs: of('email'),
    console_configs: of('console'),
    ...(fallback === null ? {} : { fallback_receiver: fallback.receiver, fallback_after: writeDuration(fallback.after) }),
    ...(template === null ? {} : { template: templateDocument(template) }),
  };
}

function templateDocument({ title, text, fields }: MessageTemplate): object {
  return { title: title?.source, text: text?.source, fields: Object.fromEntries(fields.map((field) => [field.title, field.value.source])) };
}

function placeDocument({ target, destination }: Place): unknown {
  const send_resolved = destination.sendResolved;
  switch (target.kind) {
    case 'slack-app':
      return { app_token: target.token, app_url: target.apiUrl, channel: target.channel, ...mentionDocument(target), send_resolved };
    case 'slack-webhook':
      return { api_url: target.url, ...(target.channel === '' ? {} : { channel: target.channel }), ...mentionDocument(target), send_resolved };
    case 'pagerduty':
      return { routing_key: target.routingKey, url: target.url, ...(target.changeEvents === true ? { change_events: true } : {}), send_resolved };
    case 'webhook':
      return { ...webhookDocument(target), send_resolved };
    case 'email':
      return { ...emailDocument(target), send_resolved };
    case 'console':
      return { send_resolved };
  }
}

function emailDocument({ to, from, host, port, hello, implicitTls, requireTls, tls, auth, headers }: EmailTarget): object {
  return {
    to,
    from,
    smarthost: `${host.includes(':') ? `[${host}]` : host}:${port}`,
    ...(hello === null ? {} : { hello }),
    ...(auth === null ? {} : { auth_username: auth.username, [auth.cramMd5 ? 'auth_secret' : 'auth_password']: auth.password }),
    require_tls: requireTls,
    force_implicit_tls: implicitTls,
    ...(isDeepStrictEqual(tls, DEFAULT_TLS) ? {} : { tls_config: tlsDocument(tls) }),
    headers: Object.fromEntries(headers),
  };
}

function tlsDocument({ ca, cert, key, serverName, verify, minVersion, maxVersion }: TlsSettings): object {
  const version = (name: TlsVersion | null) => name?.replace(/^TLSv1$/, 'TLSv1.0').replace(/v|\./g, '');
  return {
    ca: ca ?? undefined,
    cert: cert ?? undefined,
    key: key ?? undefined,
    server_name: serverName ?? undefined,
    insecure_skip_verify: !verify,
    min_version: version(minVersion),
    max_version: version(maxVersion),
  };
}

function httpDocument({ authorization, oauth2, tls, proxy }: WebhookTarget): object {
  return {
    authorization: authorization ?? undefined,
    oauth2: oauth2 === undefined ? undefined : oauth2Document(oauth2),
    tls_config: tls === undefined ? undefined : tlsDocument(tls),
    proxy_url: proxy,
  };
}

/** Further fields of the form may hold a password. */
function oauth2Document({ clientId, clientSecret, tokenUrl, scopes, endpointParams, tls, proxy }: OAuth2Settings): object {
  return {
    client_id: clientId,
    client_secret: clientSecret,
    token_url: tokenUrl,
    scopes,
    endpoint_params: Object.fromEntries([...endpointParams].map(([name, value]) => [name, new Secret(value)])),
    tls_config: tls === undefined ? undefined : tlsDocument(tls),
    proxy_url: proxy,
  };
}

function webhookDocument(target: WebhookTarget): object {
  const { url, maxAlerts, timeoutMs } = target;
  const http = httpDocument(target);
  return {
    url,
    ...(Object.values(http).every((value) => value === undefined) ? {} : { http_config: http }),
    max_alerts: maxAlerts,
    ...(timeoutMs === null ? {} : { timeout: writeDuration(timeoutMs) }),
  };
}

function mentionDocument({ mention }: SlackAppTarget | SlackWebhookTarget): object {
  return mention === undefined ? {} : { mention: Object.fromEntries(mention) };
}

function intervalDocument({ times, weekdays, daysOfMonth, months, years, location }: LocatedInterval): unknown {
  // What is undefined is left out of the JSON.
  const written = (ranges: readonly Range[] | null, kind: RangeKind) => ranges?.map((range) => writeRange(kind, range));
  return {
    times: times?.map(({ startMinute, endMinute }) => ({ start_time: writeTimeOfDay(startMinute), end_time: writeTimeOfDay(endMinute) })),
    weekdays: written(weekdays, WEEKDAYS),
    days_of_month: written(daysOfMonth, DAYS_OF_MONTH),
    months: written(months, MONTHS),
    years: written(years, YEARS),
    location,
  };
}

function wordsFor(policy: SeverityPolicy, severity: string): readonly string[] {
  return [...policy.values].flatMap(([word, meaning]) => (meaning === severity ? [word] : []));
}

function topologyDocument({ entityKinds, aliases, dependencies }: TopologySettings): unknown {
  const names = new Map<string, string[]>();
  for (const { entity, name } of aliases) names.set(entity, [...(names.get(entity) ?? []), name]);
  const to = new Map<string, string[]>();
  for (const edge of dependencies) to.set(edge.from, [...(to.get(edge.from) ?? []), edge.to]);
  return {
    entities: Object.fromEntries(entityKinds.map(({ kind, labels }) => [kind, labels])),
    aliases: Object.fromEntries(names),
    dependencies: [...to].map(([from, entities]) => ({ from, to: entities })),
  };
}

function webhooksDocument(webhooks: WebhookSettings): unknown {
  return {
    body_limit: writeByteSize(webhooks.bodyLimit),
    alertmanager: authenticationDocument(webhooks.alertmanager),
    grafana: authenticationDocument(webhooks.grafana),
  };
}

function apiDocument({ tokens, allowAnonymous, requestsPerMinute }: ApiSettings): unknown {
  const mask = new Secret('');
  return { tokens: tokens.map(({ name, role }) => ({ name, role, token: mask })), allow_anonymous: allowAnonymous, requests_per_minute: requestsPerMinute };
}

function authenticationDocument({ basic, authorization, hmac }: WebhookAuthentication): unknown {
  return {
    ...(basic === null ? {} : { basic_auth: basic }),
    ...(authorization === null ? {} : { authorization: { type: authorization.scheme, credentials: authorization.credentials } }),
    ...(hmac === null ? {} : { hmac: { secret: hmac.secret, header: hmac.header, timestamp_header: hmac.timestampHeader ?? undefined } }),
  };
}
