import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../../src/config/parse-config.ts';

const FOLDER = 'test/testdata/config';

/** The faults of a file, each as `LINE:COLUMN: message`. Files that it names do not exist. */
function faultsOf(name: string): readonly string[] {
  const result = parseConfig({
    text: readFileSync(`${FOLDER}/${name}.yaml`, 'utf8'),
    file: '/etc/winnow/winnow.yaml',
    env: {},
    readFile: () => {
      throw Object.assign(new Error('no such file'), { code: 'ENOENT' });
    },
  });
  return 'faults' in result ? result.faults.map(({ line, column, message }) => `${line}:${column}: ${message}`) : ['valid'];
}

const DURATION = 'is not a duration; numbers with the units y, w, d, h, m, s and ms are allowed, such as 1h30m or 0s';
const MATCHER = 'a label name, one of =, !=, =~ and !~ and a value are allowed, as in severity=~"page|critical"';
const LATER = 'is not supported yet; leave it out or empty';
const NOT_IN_ROOT = 'is in the root route, which takes every alert; matchers are allowed in the routes below it';
const TOP_LEVEL =
  'global, route, receivers, inhibit_rules, time_intervals, external_url, severities, topology, domains, correlation, stale_after, suppression, webhooks, api, upstreams, redact, retention, shards';

const REFUSED: Readonly<Record<string, readonly string[]>> = {
  'alias-of-itself': ['5:16: route.routes[0].routes[0]: is an alias of what it stands in; one of something before it is allowed'],
  'api-tokens': ['7:39: api.tokens[0].token: is no good token; at least 16 printable ASCII characters without spaces are allowed'],
  'authorization-basic': ['7:27: webhooks.grafana.authorization.type: is Basic, which basic_auth is for; another scheme is allowed, such as Bearer'],
  'bad-boolean': ['5:17: route.routes[0].continue: "maybe" is neither true nor false; one of these is allowed'],
  'bad-domain': ['7:13: domains[0].domain: "modle" is not allowed (did you mean "model"?); one of infra, data, model, application, business, unknown is'],
  'bad-duration': [`3:15: route.group_wait: "10" ${DURATION}`],
  'alias-loopback': [
    '7:18: topology.aliases.node/gpu-7[0]: "localhost:9100" is another machine for each who says it; an address or a name that means one machine is allowed',
  ],
  'alias-of-no-entity': ['7:5: topology.aliases.gpu-7: "gpu-7" is not an entity; kind/name is allowed, such as node/gpu-7'],
  'alias-of-two': [
    '8:28: topology.aliases.node/gpu-8[1]: "10.0.0.7:9100" is a name of node/gpu-7 as well, as ports and domains do not count; a name of one machine is allowed',
    '8:45: topology.aliases.node/gpu-8[2]: "gpu-7.west" is a name of node/gpu-7 as well, as ports and domains do not count; a name of one machine is allowed',
  ],
  'bad-entity-kind': ['7:15: topology.entities.gpu/node: is not a kind of entity; a word without / is allowed'],
  'bad-entity': ['7:13: topology.dependencies[0].from: "ranker" is not an entity; kind/name is allowed, such as node/gpu-7'],
  'bad-external-url': ['5:15: external_url: is not a URL; an http or https URL is allowed'],
  'bad-label-name': ['5:19: route.routes[0].match.my-label: is not the name of a label; letters, digits and _ are allowed here, and any name in matchers'],
  'bad-match-re': [
    `5:19: route.routes[0].match_re.severity: the regular expression "[page" is malformed (missing closing ]: \`[page)$\`); RE2's syntax is allowed`,
  ],
  'bad-matcher': [`4:18: route.routes[0].matchers[0]: "severity": one of =, !=, =~ and !~ is missing before the end; ${MATCHER}`],
  'bad-regex': [`5:11: route.routes[0].matchers[0]: the regular expression "(page" is malformed (missing closing ): \`^(?:(page)$\`); RE2's syntax is allowed`],
  'bad-retention': [`6:14: retention.incidents: "forever" ${DURATION}`],
  'bad-size': ['6:15: webhooks.body_limit: "64 megabytes" is not a size; a number of bytes above 0 is allowed, or one with KiB, MiB or GiB, such as 64MiB'],
  'bad-timezone': ['2:13: global.timezone: "CEST" is not a time zone; a name of the IANA database is allowed, such as Europe/Berlin, or UTC'],
  'basic-auth-without-username': ['7:17: webhooks.grafana.basic_auth: has no username; one is needed'],
  'dangling-receiver': ['2:13: route.receiver: there is no receiver "defualt" (did you mean "default"?); receivers has "default"'],
  'dependency-without-to': ['7:7: topology.dependencies[0]: has no to; from, an entity, and to, a list of those that it depends on, are needed'],
  'domain-without-matchers': ['6:5: domains[0]: has no matchers; a list of at least one is needed'],
  'duplicate-key': ['5:1: this key stands in the same map twice; once is allowed'],
  'duplicate-receiver': ['5:11: receivers[1].name: "default" is the name of an earlier receiver as well; each needs its own'],
  'email-bad-header': [
    '6:102: receivers[0].email_configs[0].headers.a b: is under a key that is not the name of a header',
    '6:112: receivers[0].email_configs[0].headers.message-id: is a header that each message has anyway; another one is allowed',
  ],
  'email-bad-smarthost': ['6:68: receivers[0].email_configs[0].smarthost: "mail.example.org" is not allowed; HOST:PORT is, such as smtp.example.com:587'],
  'email-without-server': [
    '6:9: receivers[0].email_configs[0]: says not who it is from; from is needed, here or in global as smtp_from',
    '6:9: receivers[0].email_configs[0]: says not which server takes it; smarthost is needed, here or in global as smtp_smarthost',
  ],
  'empty-file': ['1:1: the file is empty; route and receivers are needed'],
  'fallback-to-itself': ['5:24: receivers[0].fallback_receiver: is the receiver itself; another one is allowed'],
  'fallback-to-nobody': ['5:24: receivers[0].fallback_receiver: there is no receiver "othre" (did you mean "other"?); receivers has "default", "other"'],
  fraction: ['6:13: correlation.max_hops: "1.5" is not allowed; a whole number from 0 to 10 is'],
  'global-slack-token-and-url': ['3:18: global.slack_api_url: slack_app_token is given as well; one of the two is allowed'],
  'hmac-for-alertmanager': ['7:5: webhooks.alertmanager.hmac: unknown key; allowed are basic_auth, authorization'],
  'hmac-without-secret': [
    '7:11: webhooks.grafana.hmac: has no secret; secret or secret_file is needed',
    '7:20: webhooks.grafana.hmac.header: "X Signature" is not the name of a header or scheme; letters, digits and - are allowed',
  ],
  'inhibit-rules': [
    '6:12: inhibit_rules[0].equal: is not a list; items in [ ] or after dashes are allowed',
    '7:23: inhibit_rules[0].source_matchers[0]: "severity=\\"critical" cannot be read from "\\"critical" on; a label name, one of =, !=, =~ and !~ and a value are allowed, as in severity=~"page|critical"',
    '9:5: inhibit_rules[0].target: unknown key; allowed are name, source_matchers, target_matchers, equal',
  ],
  'matchers-not-a-list': ['4:17: route.routes[0].matchers: is not a list; items in [ ] or after dashes are allowed'],
  'mute-time-intervals-in-route': [
    '3:26: route.active_time_intervals: is in the root route, which takes what no other route does; time intervals are allowed in the routes below it',
    '5:29: route.routes[0].mute_time_intervals[0]: there is no time interval "nights" (did you mean "night"?); time_intervals has "night"',
  ],
  'negative-duration': [`3:20: route.repeat_interval: "-4h" ${DURATION}`],
  'negative-number': ['6:13: correlation.max_hops: "-1" is not allowed; a whole number from 0 to 10 is'],
  'no-receivers': ['1:1: receivers is missing; route and receivers are needed', '2:13: route.receiver: there is no receiver "default"; receivers has none'],
  'no-route': ['1:1: route is missing; route and receivers are needed'],
  'not-a-map': ['1:1: the file is not a map; keys with values are allowed'],
  'only-lacking-integrations': [
    '4:5: receivers[0]: tells nobody, as Winnow cannot send to msteams_configs, opsgenie_configs; one of slack_configs, pagerduty_configs, webhook_configs, email_configs, console_configs is needed beside them',
  ],
  'pagerduty-bad-key': ['6:22: receivers[0].pagerduty_configs[0].routing_key: has 4 characters; an integration key of 32 is allowed'],
  'pagerduty-service-key': [
    '6:22: receivers[0].pagerduty_configs[0].service_key: is for the Events API v1, which is not supported; routing_key is allowed, the integration key of an "Events API V2" integration',
  ],
  'pagerduty-without-key': ['6:9: receivers[0].pagerduty_configs[0]: has no routing_key; routing_key or routing_key_file is needed'],
  'partition-by': [`5:1: partition_by: ${LATER}`],
  'password-in-url': ['5:15: external_url: holds a user or password, which would be shown; a URL without them is allowed'],
  'receiver-without-name': ['5:5: receivers[1]: has no name; one is needed'],
  'redact-short-key': ['7:8: redact.key: is too short; at least 16 characters are allowed, such as "openssl rand -hex 32" prints'],
  'root-with-continue': ['3:13: route.continue: is in the root route, which has no route beside it; continue is allowed in the routes below it'],
  'root-with-match': [`4:5: route.match: ${NOT_IN_ROOT}`],
  'root-with-matchers': [`3:13: route.matchers: ${NOT_IN_ROOT}`],
  'root-without-receiver': ['2:3: route: has no receiver; the root route needs one, for alerts that no other route takes'],
  'secret-and-file': ['7:27: receivers[0].pagerduty_configs[0].routing_key_file: routing_key is given as well; one of the two is allowed'],
  'severity-not-a-list': ['6:13: severities.critical: is not a list; items in [ ] or after dashes are allowed'],
  'severity-twice': ['7:13: severities.warning[0]: "p2" means critical already; a value is allowed in one list'],
  shards: ['5:9: shards: more than one is not supported yet; 1 is allowed'],
  'slack-api-as-webhook': [
    `6:18: receivers[0].slack_configs[0].api_url: is Slack's Web API, not an incoming webhook; for the API app_token is allowed, with app_url`,
  ],
  'slack-app-without-channel': ['6:9: receivers[0].slack_configs[0]: has no channel; with an app token one is needed, such as channel: "#ml-alerts"'],
  'slack-bad-url': ['6:18: receivers[0].slack_configs[0].api_url: is not a URL; the http or https URL of an incoming webhook is allowed'],
  'slack-channel-template': ['7:18: receivers[0].slack_configs[0].channel: is a template, which is not supported; the name or ID of a channel is allowed'],
  'slack-mention': [
    '8:29: receivers[0].slack_configs[0].mention.critical: mentions nobody that Slack knows; up to 10 of <!subteam^ID>, <@ID>, <!channel>, <!here>, <!everyone> are allowed',
  ],
  'slack-token-and-url': ['7:18: receivers[0].slack_configs[0].api_url: app_token is given as well; one of the two is allowed'],
  'slack-unreachable': [
    '6:9: receivers[0].slack_configs[0]: says not how to reach Slack; app_token or api_url is allowed, here or in global as slack_app_token or slack_api_url, or their _file forms',
  ],
  suppression: [
    '6:24: suppression.transient.enabled: "obsreve" is not allowed (did you mean "observe"?); one of true, false, observe is',
    '6:54: suppression.transient.max_hold.critical: is longer than the first message of a critical alert may ever wait; up to 6m is allowed',
    '7:24: suppression.storm.severities[0]: "critical" is not allowed, as critical alerts are told singly in a storm too; one of warning, info is',
    '8:3: suppression.heartbeat: unknown key (did you mean "heartbeats"?); allowed are transient, flapping, seasonal, storm, heartbeats, rules, digest_interval, pages_per_hour',
    '10:7: suppression.rules[0]: has no action; one of suppress, hold, digest, notify is needed',
    `11:18: suppression.rules[0].matchers[0]: "alertname": one of =, !=, =~ and !~ is missing before the end; ${MATCHER}`,
    '12:31: suppression.rules[0].active_time_intervals[0]: there is no time interval "nihgt" (did you mean "night"?); time_intervals has "night"',
  ],
  'template-include': [`5:22: receivers[0].template.text: is no template of Liquid's: tag "include" not found, line:1, col:1`],
  'template-of-go': ["5:23: receivers[0].template.title: is a template of Go's; one in Liquid is allowed, such as {{ alerts[0].labels.cluster }}"],
  'template-unclosed': ["5:22: receivers[0].template.text: is no template of Liquid's: tag {% if title %} not closed, line:1, col:1"],
  'template-unknown-filter': ["5:31: receivers[0].template.fields.Team: is no template of Liquid's: undefined filter: exec, line:1, col:1"],
  'time-intervals': [
    '6:5: time_intervals[0]: has no name; one is needed',
    '10:13: time_intervals[1].time_intervals[0].times[0]: does not end after its start; a night is allowed as two items, until 24:00 and from 00:00',
    '12:20: time_intervals[1].time_intervals[0].weekdays[0]: "friday:monday" is not allowed; a day such as sunday is, or two of one week that begins with sunday, such as monday:friday',
    '13:19: time_intervals[1].time_intervals[0].location: "Europe/Berln" is not a time zone; a name of the IANA database is allowed, such as Europe/Berlin, or UTC',
  ],
  'two-documents': ['5:1: a second YAML document begins; one is allowed in a file'],
  'unknown-key': [`5:1: recievers: unknown key (did you mean "receivers"?); allowed are ${TOP_LEVEL}`],
  'unreadable-secret-file': [
    '6:27: receivers[0].pagerduty_configs[0].routing_key_file: the file "/etc/winnow/missing.key" cannot be read (ENOENT); a readable file is allowed',
  ],
  'unset-variable': [
    '6:22: receivers[0].pagerduty_configs[0].routing_key: the environment variable "WINNOW_TEST_UNSET" is not set; set it, or write $$ for a literal $',
  ],
  upstreams: [
    '6:5: upstreams[1]: is an earlier one as well; each is needed once',
    '7:5: upstreams[2]: has no url; that of an Alertmanager is needed, such as http://alertmanager:9093',
  ],
  'webhook-http-config': [
    `8:12: receivers[0].webhook_configs[0].http_config.no_proxy: ${LATER}`,
    '8:44: receivers[0].webhook_configs[0].http_config.proxy_url: is not the URL of a proxy that Winnow can use; http://HOST:PORT and https://HOST:PORT are allowed',
    '10:31: receivers[0].webhook_configs[1].http_config.oauth2: has no client_id; one is needed',
    '10:31: receivers[0].webhook_configs[1].http_config.oauth2: has no client_secret; client_secret or client_secret_file is needed',
  ],
  'webhook-tls': [
    '7:35: receivers[0].webhook_configs[0].http_config.tls_config: has cert and no key; both are needed, or neither',
    '7:40: receivers[0].webhook_configs[0].http_config.tls_config.ca: is no certificate in PEM; one or several are allowed',
    '7:56: receivers[0].webhook_configs[0].http_config.tls_config.cert: is no certificate in PEM; one or several are allowed',
    '7:75: receivers[0].webhook_configs[0].http_config.tls_config.min_version: "TLS9" is not allowed (did you mean "TLS10"?); one of TLS10, TLS11, TLS12, TLS13 is',
  ],
  'webhook-two-credentials': ['7:22: receivers[0].webhook_configs[0].http_config: has authorization and bearer_token; one of them is allowed'],
  'webhook-with-password': ['6:14: receivers[0].webhook_configs[0].url: holds a user or password; http_config.basic_auth is for these'],
  'webhook-without-url': ['6:9: receivers[0].webhook_configs[0]: has no url; url or url_file is needed'],
  'yaml-syntax': ['2:1: not valid YAML: Flow map in block collection must be sufficiently indented and end with a }'],
  'zero-group-interval': ['3:19: route.group_interval: is zero; a duration longer than that is allowed, such as 5m'],
  'zero-stale-after': ['5:14: stale_after: is zero; a duration longer than that is allowed, such as 5m'],
};

describe('what is refused, where, and what is allowed instead', () => {
  it.each(Object.entries(REFUSED))('%s', (name, expected) => {
    expect(faultsOf(name)).toEqual(expected);
  });

  it('is tried for every file of the folder', () => {
    const files = readdirSync(FOLDER).flatMap((file) => (file.endsWith('.yaml') ? [file.slice(0, -5)] : []));
    expect(files.sort()).toEqual(Object.keys(REFUSED).sort());
  });

  it('never repeats a secret', () => {
    // Every secret in these files holds this word.
    expect(
      Object.keys(REFUSED)
        .flatMap(faultsOf)
        .filter((fault) => fault.includes('hush')),
    ).toEqual([]);
  });
});

describe('a file with many faults', () => {
  it('has them all told at once, in the order of the file', () => {
    const text = `
route:
  receiver: pager
  group_wait: soon
  routes:
    - matchers: [severity]
      receiver: chat
receivers:
  - name: pager
    pagerduty_configs: [{routing_key: short}]
recievers: []
`;
    const result = parseConfig({ text, file: 'a.yaml', env: {}, readFile: () => '' });
    expect('faults' in result && result.faults.map(({ file, line, column }) => `${file}:${line}:${column}`)).toEqual([
      'a.yaml:4:15',
      'a.yaml:6:18',
      'a.yaml:7:17',
      'a.yaml:10:39',
      'a.yaml:11:1',
    ]);
  });
});
