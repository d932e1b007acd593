import { readFileSync } from 'node:fs';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { Config } from '../../../src/config/config.ts';
import { defaultConfig, loadConfig } from '../../../src/config/load-config.ts';
import { parseConfig } from '../../../src/config/parse-config.ts';
import type { Environment } from '../../../src/config/setting.ts';

const KEY = '0123456789abcdef0123456789abcdef';
const OTHER_KEY = 'fedcba9876543210fedcba9876543210';

/** The configuration that a valid text gives; `files` are those that it may name, by full path. */
function valid(text: string, env: Environment = {}, files: Readonly<Record<string, string>> = {}): Config {
  const readFile = (path: string) => {
    const content = files[path];
    if (content === undefined) throw new Error(`no file ${path}`);
    return content;
  };
  const result = parseConfig({ text, file: '/etc/winnow/winnow.yaml', env, readFile });
  if ('faults' in result) throw new Error(result.faults.map(({ line, message }) => `${line}: ${message}`).join('\n'));
  return result.config;
}

/** The places of the receiver `team` when it has these integrations. */
function places(integrations: string, global = '', env: Environment = {}, files: Readonly<Record<string, string>> = {}) {
  const config = valid(`${global}\nroute: {receiver: team}\nreceivers:\n  - name: team\n${integrations}`, env, files);
  return (config.policy.destinations.get('team') ?? []).map((destination) => ({ destination, target: config.targets.get(destination.id) }));
}

const MINIMAL = 'route: {receiver: team}\nreceivers: [{name: team}]\n';

describe('a file with route and receivers alone', () => {
  const config = valid(MINIMAL);

  it('has every setting by default', () => {
    expect(config.policy.correlation).toEqual({ window: 21_600_000, maxHops: 4, reopenWithin: 900_000 });
    expect(config.policy.staleAfter).toBeNull();
    expect(config.webhooks).toEqual({
      bodyLimit: 67_108_864,
      alertmanager: { basic: null, authorization: null, hmac: null },
      grafana: { basic: null, authorization: null, hmac: null },
    });
    expect(config.retention).toEqual({ incidents: 2_592_000_000, webhooks: 604_800_000, webhooksSize: 268_435_456 });
    expect(config.externalUrl).toBeNull();
    expect(config.warnings).toEqual([]);
  });

  it('has a receiver without integrations that tells nobody', () => {
    expect(config.policy.route(new Map())).toMatchObject([{ receiver: 'team' }]);
    expect(config.policy.destinations.get('team')).toEqual([]);
  });

  it('cannot be changed', () => {
    expect(() => Object.assign(config.policy.correlation, { maxHops: 9 })).toThrow(TypeError);
    expect(() => Object.assign(config.webhooks.grafana, { basic: null })).toThrow(TypeError);
    expect(() => Object.assign(defaultConfig().policy.destinations.get('default')?.[0] ?? {}, { sendResolved: false })).toThrow(TypeError);
  });
});

describe('blocks of an existing alertmanager.yml', () => {
  const config = valid(readFileSync('test/testdata/config/accepted/alertmanager.yaml', 'utf8'));

  it('are accepted, and what has no effect is named in a warning at its key', () => {
    expect(config.warnings.map(({ line, column, message }) => `${line}:${column}: ${message}`)).toEqual([
      '2:3: global.resolve_timeout: has no effect in Winnow',
      '6:1: templates: has no effect in Winnow',
      '10:13: route.group_by: is no more than a hint and has no effect: what belongs together is decided by correlation',
      '33:9: receivers[0].slack_configs[0].title: has no effect in Winnow',
      '37:9: receivers[1].pagerduty_configs[0].description: has no effect in Winnow',
      '39:5: receivers[1].opsgenie_configs: has no effect in Winnow, which cannot send there',
    ]);
  });

  it('route as there, with matchers, match, match_re and continue', () => {
    const receivers = (labels: Record<string, string>) => config.policy.route(new Map(Object.entries(labels))).map(({ receiver }) => receiver);
    expect(receivers({})).toEqual(['chat']);
    expect(receivers({ severity: 'page' })).toEqual(['pager', 'chat']);
    expect(receivers({ severity: 'page', service: 'db-7' })).toEqual(['pager', 'db']);
    expect(receivers({ team: 'db' })).toEqual(['db']);
  });

  it('keep the timing of the file, inherited and overridden', () => {
    expect(config.policy.route(new Map([['team', 'db']]))).toMatchObject([{ timing: { groupWait: 0, groupInterval: 60_000, repeatInterval: 10_800_000 } }]);
  });

  it('let an anchor be merged into a map, as YAML 1.1 does', () => {
    expect(config.policy.route(new Map([['service', 'db-7']]))).toMatchObject([{ receiver: 'db', timing: { groupWait: 0 } }]);
  });
});

describe('Slack', () => {
  it('is an app where there is a token', () => {
    expect(places('    slack_configs: [{app_token: xoxb-1, channel: "#ml"}]')).toMatchObject([
      {
        destination: { integration: 'slack', edits: true, sendResolved: true },
        target: { kind: 'slack-app', channel: '#ml', apiUrl: 'https://slack.com/api/' },
      },
    ]);
  });

  it('is a webhook where there is a URL, with or without a channel', () => {
    expect(places('    slack_configs: [{api_url: "https://hooks.slack.com/x"}, {api_url: "https://hooks.slack.com/x", channel: "#ml"}]')).toMatchObject([
      { destination: { integration: 'slack', edits: false, sendResolved: true }, target: { kind: 'slack-webhook', channel: '' } },
      { destination: { edits: false }, target: { kind: 'slack-webhook', channel: '#ml' } },
    ]);
  });

  it('falls back on the token and URL of global, its own coming first', () => {
    const app = 'global: {slack_app_token: xoxb-1, slack_app_url: "http://localhost:9/api/chat.postMessage"}';
    expect(places('    slack_configs: [{channel: "#ml"}]', app)).toMatchObject([{ target: { kind: 'slack-app', apiUrl: 'http://localhost:9/api/' } }]);
    expect(places('    slack_configs: [{channel: "#ml", api_url: "https://hooks.slack.com/x"}]', app)).toMatchObject([{ target: { kind: 'slack-webhook' } }]);
    const webhook = 'global: {slack_api_url: "https://hooks.slack.com/x"}';
    expect(places('    slack_configs: [{channel: "#ml"}]', webhook)).toMatchObject([{ target: { kind: 'slack-webhook' } }]);
    expect(places('    slack_configs: [{channel: "#ml", app_token: xoxb-2}]', webhook)).toMatchObject([{ target: { kind: 'slack-app' } }]);
  });

  it('sends no resolves where that is switched off', () => {
    expect(places('    slack_configs: [{app_token: xoxb-1, channel: "#ml", send_resolved: no}]')).toMatchObject([{ destination: { sendResolved: false } }]);
  });
});

describe('PagerDuty and the console', () => {
  it('are reached at their usual place, and told of resolves', () => {
    expect(places(`    pagerduty_configs: [{routing_key: ${KEY}}]\n    console_configs: [{}]`)).toMatchObject([
      {
        destination: { integration: 'pagerduty', edits: false, sendResolved: true },
        target: { kind: 'pagerduty', url: 'https://events.pagerduty.com/v2/enqueue' },
      },
      { destination: { id: 'console', integration: 'console', edits: false, sendResolved: true }, target: { kind: 'console' } },
    ]);
  });

  it('can be stood in for', () => {
    expect(places(`    pagerduty_configs: [{routing_key: ${KEY}}]`, 'global: {pagerduty_url: "http://localhost:9/enqueue"}')).toMatchObject([
      { target: { url: 'http://localhost:9/enqueue' } },
    ]);
    expect(places(`    pagerduty_configs: [{routing_key: ${KEY}, url: "http://localhost:8/"}]`)).toMatchObject([{ target: { url: 'http://localhost:8/' } }]);
  });
});

describe('a webhook', () => {
  const webhook = (more: string) => places(`    webhook_configs: [{url: "https://hooks.example.com/secret"${more}}]`)[0];
  const authorization = (http: string) => {
    const target = webhook(`, http_config: ${http}`)?.target;
    return target?.kind === 'webhook' ? target.authorization?.reveal() : undefined;
  };

  it('is told of everything, resolves and digests too', () => {
    // The first 8 digits of SHA-256 over the URL, a line break and no authorization.
    expect(webhook('')).toMatchObject({
      destination: { id: 'webhook/hooks.example.com/ae6f2b91', integration: 'webhook', edits: false, sendResolved: true, digests: true },
      target: { kind: 'webhook', authorization: null, maxAlerts: 0, timeoutMs: null },
    });
    expect(webhook(', max_alerts: 5, timeout: 3s, send_resolved: false')).toMatchObject({
      destination: { sendResolved: false },
      target: { maxAlerts: 5, timeoutMs: 3000 },
    });
  });

  it.each([
    ['{basic_auth: {username: ada, password: hunter2}}', `Basic ${Buffer.from('ada:hunter2').toString('base64')}`],
    ['{authorization: {credentials: hunter2}}', 'Bearer hunter2'],
    ['{authorization: {type: Key, credentials: hunter2}}', 'Key hunter2'],
    ['{bearer_token: hunter2}', 'Bearer hunter2'],
  ])('says who posts by %s', (http, header) => expect(authorization(http)).toBe(header));

  it('is reached with certificates, a token and a proxy of its own, and shows none of their secrets', () => {
    const pem = (name: string) => readFileSync(`test/testdata/tls/${name}`, 'utf8');
    const files = Object.fromEntries(['ca.pem', 'client.pem', 'client.key'].map((name) => [`/etc/winnow/${name}`, pem(name)]));
    const tls = 'tls_config: {ca_file: ca.pem, cert_file: client.pem, key_file: client.key, server_name: hooks.test, min_version: TLS12}';
    const oauth2 =
      'oauth2: {client_id: winnow, client_secret: hunter2, token_url: "https://id.example.com/token", scopes: [write], endpoint_params: {password: hunter3}}';
    const config = valid(
      `route: {receiver: team}\nreceivers:\n  - name: team\n    webhook_configs: [{url: "https://hooks.example.com/", http_config: {${tls}, ${oauth2}, proxy_url: "http://ada:hunter4@proxy:3128"}}]`,
      {},
      files,
    );
    const [target] = config.targets.values();
    expect(target).toMatchObject({
      authorization: null,
      tls: { ca: pem('ca.pem').trimEnd(), cert: pem('client.pem').trimEnd(), serverName: 'hooks.test', verify: true, minVersion: 'TLSv1.2', maxVersion: null },
      oauth2: { clientId: 'winnow', tokenUrl: 'https://id.example.com/token', scopes: ['write'], endpointParams: new Map([['password', 'hunter3']]) },
    });
    expect(target?.kind === 'webhook' ? [target.proxy?.reveal(), target.oauth2?.clientSecret.reveal()] : []).toEqual([
      'http://ada:hunter4@proxy:3128',
      'hunter2',
    ]);
    const shown = JSON.stringify(config.document);
    expect(shown).toContain('"min_version":"TLS12"');
    expect(shown).toContain('"proxy_url":"<secret>"');
    for (const secret of ['hunter', 'PRIVATE KEY']) expect(shown).not.toContain(secret);
  });

  it('takes no key that is not its certificate’s', () => {
    const pem = (name: string) => readFileSync(`test/testdata/tls/${name}`, 'utf8');
    const files = { '/etc/winnow/client.pem': pem('client.pem'), '/etc/winnow/server.key': pem('server.key') };
    expect(() =>
      places('    webhook_configs: [{url: "https://h.example.com/", http_config: {tls_config: {cert_file: client.pem, key_file: server.key}}}]', '', {}, files),
    ).toThrow(/has a key that is not the one of cert/);
  });

  it('is another place with another client', () => {
    const idOf = (client: string) =>
      webhook(`, http_config: {oauth2: {client_id: ${client}, client_secret: s, token_url: "https://id.example.com/"}}`)?.destination.id;
    expect(idOf('a')).not.toBe(idOf('b'));
  });
});

describe('an e-mail', () => {
  const email = (config: string, top = '') => places(`    email_configs: [${config}]`, top)[0];
  const SERVER = 'from: winnow@example.com, smarthost: "mail.example.com:587"';

  it('goes over an encrypted connection, and tells of no resolve unless asked to, as in Alertmanager', () => {
    expect(email(`{to: "ada@example.com", ${SERVER}}`)).toMatchObject({
      destination: { id: expect.stringMatching(/^email\/ada@example\.com\/[\da-f]{8}$/), integration: 'email', sendResolved: false, digests: true },
      target: { host: 'mail.example.com', port: 587, requireTls: true, implicitTls: false, tls: { verify: true }, auth: null, hello: null },
    });
  });

  it('is sent as global says, but for what it says itself', () => {
    const top = 'global: {smtp_from: w@example.com, smtp_smarthost: "[::1]:465", smtp_auth_username: w, smtp_auth_password: hunter2, smtp_require_tls: false}';
    expect(email('{to: ada@example.com, from: x@example.com}', top)).toMatchObject({
      target: { from: 'x@example.com', host: '::1', port: 465, implicitTls: true, requireTls: false, auth: { username: 'w', cramMd5: false } },
    });
    expect(email('{to: ada@example.com, auth_secret: s}', top)).toMatchObject({ target: { auth: { username: 'w', cramMd5: true } } });
  });

  it('takes headers, and names a template of Alertmanager’s as without effect', () => {
    const headers = '{reply-to: ml@example.com, Subject: "{{ .CommonLabels.alertname }}"}';
    const config = valid(`route: {receiver: a}\nreceivers: [{name: a, email_configs: [{to: ada@example.com, ${SERVER}, headers: ${headers}}]}]\n`);
    expect([...config.targets.values()]).toMatchObject([{ headers: new Map([['Reply-To', 'ml@example.com']]) }]);
    expect(config.warnings.map(({ message }) => message)).toEqual([
      'receivers[0].email_configs[0].headers.Subject: is a template, which has no effect in Winnow',
    ]);
  });
});

describe('the id of a destination', () => {
  const ids = (integrations: string) => places(integrations).map(({ destination }) => destination.id);

  it('names the place by its channel and a hash, and stays the same', () => {
    // The first 8 digits of SHA-256 over "xoxb-1", a line break and "https://slack.com/api/".
    expect(ids('    slack_configs: [{app_token: xoxb-1, channel: "#ml"}]')).toEqual(['slack/#ml/7abf72b0']);
    expect(ids('    slack_configs: [{api_url: "https://hooks.slack.com/x"}]')).toEqual(['slack/(webhook)/9d5fa66b']);
    expect(ids(`    pagerduty_configs: [{routing_key: ${KEY}}]`)).toEqual(['pagerduty/bf16c5e9']);
  });

  it('tells places apart by channel, secret and URL', () => {
    const all = ids(`    slack_configs:
      - {app_token: xoxb-1, channel: "#a"}
      - {app_token: xoxb-1, channel: "#b"}
      - {app_token: xoxb-2, channel: "#a"}
      - {app_token: xoxb-1, channel: "#a", app_url: "http://localhost:9/"}
    pagerduty_configs: [{routing_key: ${KEY}}, {routing_key: ${OTHER_KEY}}]`);
    expect(new Set(all).size).toBe(6);
  });

  it('is one for the same place in two receivers, which is told of resolves as soon as one wants it', () => {
    const config = valid(`
route: {receiver: a}
receivers:
  - {name: a, pagerduty_configs: [{routing_key: ${KEY}, send_resolved: false}]}
  - {name: b, pagerduty_configs: [{routing_key: ${KEY}}, {routing_key: ${KEY}}]}
`);
    const [a, b] = [config.policy.destinations.get('a'), config.policy.destinations.get('b')];
    expect(a).toHaveLength(1);
    expect(a).toEqual(b);
    expect(a).toMatchObject([{ sendResolved: true }]);
    expect(config.targets.size).toBe(1);
    expect(config.warnings.map(({ line }) => line)).toEqual([5]);
  });
});

describe('secrets', () => {
  const secretOf = (integration: string, env: Environment = {}, files: Readonly<Record<string, string>> = {}) => {
    const [place] = places(`    pagerduty_configs: [{${integration}}]`, '', env, files);
    return place?.target?.kind === 'pagerduty' ? place.target.routingKey.reveal() : null;
  };

  it('come from the environment, and $$ is a plain $', () => {
    expect(secretOf('routing_key: "${PD_KEY}"', { PD_KEY: KEY })).toBe(KEY);
    expect(secretOf('routing_key: "a${MIDDLE}z"', { MIDDLE: '-'.repeat(30) })).toBe(`a${'-'.repeat(30)}z`);
    expect(secretOf(`routing_key: "$\${NAME}${'x'.repeat(25)}"`)).toBe(`\${NAME}${'x'.repeat(25)}`);
  });

  it('come from a file relative to the configuration, without its last line break', () => {
    expect(secretOf('routing_key_file: keys/pd', {}, { '/etc/winnow/keys/pd': `${KEY}\n` })).toBe(KEY);
    expect(secretOf('routing_key_file: /run/pd', {}, { '/run/pd': `${KEY}\r\n` })).toBe(KEY);
    expect(secretOf('routing_key_file: "${DIR}/pd"', { DIR: '/run' }, { '/run/pd': KEY })).toBe(KEY);
  });

  it('show in nothing that is printed', () => {
    const config = valid(`
global: {slack_api_url: "https://hooks.slack.com/hush", resolve_timeout: 5m}
route: {receiver: a}
receivers:
  - name: a
    slack_configs: [{channel: "#a"}, {app_token: xoxb-hush, channel: "#a"}]
    pagerduty_configs: [{routing_key: hushhushhushhushhushhushhushhush}]
webhooks:
  alertmanager: {basic_auth: {username: am, password: hush}}
  grafana: {authorization: {credentials: hush}, hmac: {secret: hush}}
`);
    for (const shown of [JSON.stringify(config), inspect(config, { depth: 20 }), JSON.stringify(config.document), JSON.stringify([...config.targets])])
      expect(shown).not.toContain('hush');
  });
});

describe('severities', () => {
  const meaning = (section: string, word: string) => valid(MINIMAL + section).policy.severities.values.get(word);

  it.each([
    ['critical', 'critical'],
    ['page', 'critical'],
    ['fatal', 'critical'],
    ['p1', 'critical'],
    ['p2', 'critical'],
    ['sev2', 'critical'],
    ['error', 'warning'],
    ['warn', 'warning'],
    ['notify', 'warning'],
    ['p3', 'warning'],
    ['p4', 'info'],
    ['p5', 'info'],
    ['none', 'info'],
    ['banana', undefined],
  ])('are the usual ones: %s is %s', (word, expected) => {
    expect(meaning('', word)).toBe(expected);
  });

  it('are those of the file where it has a list, in lower case', () => {
    const section = 'severities: {label: priority, critical: [Red, error], info: [P2]}';
    expect(valid(MINIMAL + section).policy.severities.label).toBe('priority');
    expect(['red', 'error', 'p2', 'p1', 'warn', 'p5', 'critical', 'info'].map((word) => [word, meaning(section, word)])).toEqual([
      ['red', 'critical'],
      ['error', 'critical'],
      ['p2', 'info'],
      ['p1', undefined],
      ['warn', 'warning'],
      ['p5', undefined],
      ['critical', 'critical'],
      ['info', 'info'],
    ]);
  });
});

describe('our own sections', () => {
  const config = valid(`${MINIMAL}
external_url: https://winnow.example.org/ops/
stale_after: 9h
topology:
  entities:
    pod: [exported_pod, pod]
    node: [node]
  dependencies:
    - from: pod/ranker-1
      to: [node/gpu-7, "service/a/b"]
domains:
  - matchers: ['team=~"ml|research"', 'env="prod"']
    domain: model
correlation: {window: 5m, max_hops: 3, reopen_within: 0s}
retention: {incidents: 2w, webhooks: off, webhooks_size: 1GB}
webhooks:
  body_limit: 1MiB
  alertmanager: {basic_auth: {username: am, password: one}}
  grafana:
    authorization: {type: Token, credentials: two}
    hmac: {secret: three, header: X-Sig, timestamp_header: X-Time}
`);

  it('are what they say', () => {
    expect(config.externalUrl).toBe('https://winnow.example.org/ops');
    expect(config.policy.staleAfter).toBe(32_400_000);
    expect(config.policy.entityKinds).toEqual([
      { kind: 'pod', labels: ['exported_pod', 'pod'] },
      { kind: 'node', labels: ['node'] },
    ]);
    expect(config.policy.dependencies).toEqual([
      { from: 'pod/ranker-1', to: 'node/gpu-7', origin: 'declared' },
      { from: 'pod/ranker-1', to: 'service/a/b', origin: 'declared' },
    ]);
    expect(config.policy.correlation).toEqual({ window: 300_000, maxHops: 3, reopenWithin: 0 });
    expect(config.retention).toEqual({ incidents: 1_209_600_000, webhooks: 0, webhooksSize: 1_073_741_824 });
    expect(config.webhooks.bodyLimit).toBe(1_048_576);
    expect(config.webhooks.alertmanager.basic?.password.reveal()).toBe('one');
    expect(config.webhooks.grafana).toMatchObject({ authorization: { scheme: 'Token' }, hmac: { header: 'x-sig', timestampHeader: 'x-time' } });
  });

  it('have domain rules whose matchers all have to match', () => {
    const [rule] = config.policy.domainRules;
    expect(rule).toMatchObject({ domain: 'model', source: '{team=~"ml|research",env="prod"}' });
    expect(
      rule?.matches(
        new Map([
          ['team', 'ml'],
          ['env', 'prod'],
        ]),
      ),
    ).toBe(true);
    expect(rule?.matches(new Map([['team', 'ml']]))).toBe(false);
  });

  it('may be there without anything in them', () => {
    expect(
      valid(
        `${MINIMAL}global:\ntopology: {}\ninhibit_rules: []\nsuppression: {rules: [], transient: {}, storm:}\napi: {tokens: []}\nupstreams:\npartition_by: []\nshards: 1\n`,
      ).warnings,
    ).toEqual([]);
  });
});

describe('the configuration in force, as it is shown', () => {
  it('has the words of the file, all defaults and no secret', () => {
    const { document } = valid(`
route:
  receiver: a
  routes: [{matchers: ['team="ml"'], group_wait: 0s}]
receivers:
  - {name: a, slack_configs: [{app_token: xoxb-1, channel: "#a"}], pagerduty_configs: [{routing_key: ${KEY}}]}
severities: {critical: [red], warning: [amber], info: [green]}
topology: {entities: {node: [node]}, aliases: {node/b: [10.0.0.7, b.internal]}, dependencies: [{from: pod/a, to: [node/b]}]}
webhooks: {grafana: {hmac: {secret: s}}}
`);
    const timing = { group_wait: '10s', group_interval: '5m', repeat_interval: '4h' };
    expect(document).toEqual({
      external_url: null,
      global: { slack_app_url: 'https://slack.com/api/', pagerduty_url: 'https://events.pagerduty.com/v2/enqueue', timezone: 'UTC' },
      route: { receiver: 'a', ...timing, routes: [{ receiver: 'a', matchers: ['team="ml"'], continue: false, ...timing, group_wait: '0s', routes: [] }] },
      receivers: [
        {
          name: 'a',
          slack_configs: [{ app_token: '<secret>', app_url: 'https://slack.com/api/', channel: '#a', send_resolved: true }],
          pagerduty_configs: [{ routing_key: '<secret>', url: 'https://events.pagerduty.com/v2/enqueue', send_resolved: true }],
          webhook_configs: [],
          email_configs: [],
          console_configs: [],
        },
      ],
      inhibit_rules: [],
      time_intervals: [],
      severities: { label: 'severity', critical: ['critical', 'red'], warning: ['warning', 'amber'], info: ['info', 'green'] },
      topology: { entities: { node: ['node'] }, aliases: { 'node/b': ['10.0.0.7', 'b.internal'] }, dependencies: [{ from: 'pod/a', to: ['node/b'] }] },
      domains: [],
      correlation: { window: '6h', max_hops: 4, reopen_within: '15m' },
      suppression: {
        transient: { enabled: true, severities: ['critical', 'warning', 'info'], max_hold: { critical: '6m', warning: '9m30s', info: '4h' } },
        flapping: { enabled: true, severities: ['critical', 'warning', 'info'], start: 30, stop: 25 },
        seasonal: { enabled: true, severities: ['warning', 'info'], days: 3, share: 0.75, max_hold: '4h' },
        storm: { enabled: true, severities: ['warning', 'info'], onsets: 100 },
        heartbeats: [{ matchers: ['{alertname=~"Watchdog|DeadMansSwitch|DeadMansSnitch"}'] }],
        rules: [],
        digest_interval: '6h',
        pages_per_hour: null,
      },
      stale_after: null,
      webhooks: { body_limit: '64MiB', alertmanager: {}, grafana: { hmac: { secret: '<secret>', header: 'x-grafana-alerting-signature' } } },
      api: { tokens: [], allow_anonymous: false, requests_per_minute: 6000 },
      upstreams: [],
      redact: { labels: [], annotations: [] },
      retention: { incidents: '30d', webhooks: '1w', webhooks_size: '256MiB' },
    });
  });
});

describe('loading', () => {
  it('tells of a file that cannot be read', () => {
    expect(loadConfig({ file: 'test/testdata/config/nowhere.yaml' })).toEqual({
      faults: [{ file: 'test/testdata/config/nowhere.yaml', line: 1, column: 1, message: 'the file cannot be read (ENOENT); a readable YAML file is allowed' }],
    });
  });

  it('takes the example that the service starts with', () => {
    const result = loadConfig({ file: 'examples/winnow.yaml' });
    expect('config' in result && result.config.warnings).toEqual([]);
    expect('config' in result && [...result.config.targets.keys()]).toEqual(['console']);
  });

  it('has a default without a file: everything goes to the terminal', () => {
    const config = defaultConfig();
    expect(config.policy.route(new Map([['severity', 'page']]))).toMatchObject([{ receiver: 'default' }]);
    expect([...config.targets]).toEqual([['console', { kind: 'console' }]]);
  });
});

describe('the time intervals of a route', () => {
  const text = `
time_intervals: [{name: night, time_intervals: [{times: [{start_time: "22:00", end_time: "24:00"}]}]}]
receivers: [{name: a}]
route: {receiver: a, routes: [{matchers: [team=ml], mute_time_intervals: [night]}, {active_time_intervals: [night]}]}
`;

  it('mute it, by their names, and are shown', () => {
    const result = parseConfig({ text, file: 'winnow.yaml', env: {}, readFile: () => '' });
    if ('faults' in result) throw new Error(result.faults[0]?.message);
    const { policy, document } = result.config;
    const [muted] = policy.route(new Map([['team', 'ml']]));
    expect(muted?.hours).toEqual([{ muteIn: ['night'], activeIn: [] }]);
    expect(policy.mutedUntil(muted?.hours ?? [], Date.parse('2026-03-01T23:00Z'))).toBe(Date.parse('2026-03-02T00:00Z'));
    expect(policy.mutedUntil(policy.route(new Map())[0]?.hours ?? [], Date.parse('2026-03-01T21:00Z'))).toBe(Date.parse('2026-03-01T22:00Z'));
    expect(document).toMatchObject({ route: { routes: [{ mute_time_intervals: ['night'] }, { active_time_intervals: ['night'] }] } });
  });
});
