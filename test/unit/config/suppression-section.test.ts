import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import type { AlertCondition, SuppressionPolicy } from '../../../src/correlate/policy.ts';
import { HOUR, MINUTE } from '../../../src/model/time.ts';
import { parsed, valid } from './sections.ts';

/** What a section of these lines in braces says. */
function suppression(fields: string): SuppressionPolicy {
  return valid(`suppression: {${fields}}`).policy.suppression;
}

/** The faults of the section's fields, without where in the file they are. */
function faults(fields: string): readonly string[] {
  const found = parsed(`suppression: {${fields}}`);
  return 'policy' in found ? ['valid'] : found.map((fault) => fault.replace(/^3:\d+: suppression\.?/, ''));
}

const INTERVALS = `time_intervals:
  - {name: night, time_intervals: [{times: [{start_time: "22:00", end_time: "24:00"}]}, {times: [{start_time: "00:00", end_time: "06:00"}]}]}
  - {name: weekend, time_intervals: [{weekdays: [saturday, sunday]}]}
`;

/** The first rule of a list with one, which has a name, a matcher and an action unless it says otherwise. */
function rule(fields = '', given = 'name: r, matchers: [a="b"], action: suppress') {
  const [first] = valid(`${INTERVALS}suppression: {rules: [{${[given, fields].filter((part) => part !== '').join(', ')}}]}`).policy.suppression.rules;
  if (first === undefined) throw new Error('no rule');
  return first;
}

/** The condition that a rule has in `when`. */
function condition(fields: string): AlertCondition {
  const { when } = rule(`when: {${fields}}`);
  if (when === null) throw new Error('no condition');
  return when;
}

/** The section as `GET /api/v1/config` shows it. */
function shown(text: string): unknown {
  return (valid(text).document as { suppression: unknown }).suppression;
}

const labels = (of: Readonly<Record<string, string>>) => new Map(Object.entries(of));
const severities = ({ severities }: { readonly severities: ReadonlySet<string> }) => [...severities];
const NONE_NEEDED = 'has no matchers; a list of at least one is needed';

describe('without a section, or with an empty one', () => {
  it.each(['', 'suppression:', 'suppression: {}', 'suppression: {transient: {}, flapping: {}, seasonal: {}, storm: {}, heartbeats: ~, rules: []}'])(
    '"%s", the defaults hold',
    (text) => {
      const { heartbeats, ...rest } = valid(text).policy.suppression;
      expect(rest).toEqual({
        transient: { mode: 'on', severities: new Set(['critical', 'warning', 'info']), maxHold: { critical: 360_000, warning: 570_000, info: 14_400_000 } },
        flapping: { mode: 'on', severities: new Set(['critical', 'warning', 'info']), start: 30, stop: 25 },
        seasonal: { mode: 'on', severities: new Set(['warning', 'info']), days: 3, share: 0.75, maxHold: 14_400_000 },
        storm: { mode: 'on', severities: new Set(['warning', 'info']), onsets: 100 },
        rules: [],
        conditions: [],
        pagesPerHour: null,
        digestInterval: 21_600_000,
      });
      expect(heartbeats).toMatchObject([{ source: '{alertname=~"Watchdog|DeadMansSwitch|DeadMansSnitch"}', within: null }]);
      expect(['Watchdog', 'DeadMansSwitch', 'DeadMansSnitch', 'Watchdogs'].map((alertname) => heartbeats[0]?.matches(labels({ alertname })))).toEqual([
        true,
        true,
        true,
        false,
      ]);
    },
  );
});

describe('each mechanism', () => {
  it.each(['transient', 'flapping', 'seasonal', 'storm'] as const)('%s is on, off or watches, for the severities that are listed', (key) => {
    const mode = (enabled: string) => suppression(`${key}: {enabled: ${enabled}}`)[key].mode;
    expect(['true', 'yes', 'false', 'off', 'observe'].map(mode)).toEqual(['on', 'on', 'off', 'off', 'observe']);
    expect(severities(suppression(`${key}: {severities: [info]}`)[key])).toEqual(['info']);
    expect(severities(suppression(`${key}: {severities: []}`)[key])).toEqual([]);
  });

  it('keeps the defaults of what it does not say', () => {
    expect(suppression('transient: {max_hold: {warning: 5m}}').transient).toMatchObject({
      mode: 'on',
      maxHold: { critical: 6 * MINUTE, warning: 5 * MINUTE, info: 4 * HOUR },
    });
    expect(suppression('flapping: {stop: 20}').flapping).toMatchObject({ start: 30, stop: 20 });
    expect(suppression('seasonal: {share: 1}').seasonal).toMatchObject({ days: 3, share: 1, maxHold: 4 * HOUR });
  });

  it('has settings of its own', () => {
    expect(suppression('transient: {max_hold: {critical: 6m, warning: 1h, info: 1d}}').transient.maxHold).toEqual({
      critical: 6 * MINUTE,
      warning: HOUR,
      info: 24 * HOUR,
    });
    expect(suppression('flapping: {start: 40, stop: 40}').flapping).toMatchObject({ start: 40, stop: 40 });
    expect(suppression('seasonal: {days: 5, share: .5, max_hold: 90m}').seasonal).toMatchObject({ days: 5, share: 0.5, maxHold: 90 * MINUTE });
    expect(suppression('storm: {onsets: 40}').storm.onsets).toBe(40);
    expect(suppression('digest_interval: 1h, pages_per_hour: 20')).toMatchObject({ digestInterval: HOUR, pagesPerHour: 20 });
  });
});

describe('heartbeats', () => {
  it('are those that are listed, none with an empty list', () => {
    const [first, second] = suppression(`heartbeats: [{matchers: [alertname="Alive", 'env="prod"'], within: 15m}, {matchers: [alertname="Beat"]}]`).heartbeats;
    expect(first).toMatchObject({ source: '{alertname="Alive",env="prod"}', within: 15 * MINUTE });
    expect(first?.matches(labels({ alertname: 'Alive', env: 'prod' }))).toBe(true);
    expect(first?.matches(labels({ alertname: 'Alive' }))).toBe(false);
    expect(second).toMatchObject({ source: '{alertname="Beat"}', within: null });
    expect(suppression('heartbeats: []').heartbeats).toEqual([]);
  });
});

describe('a rule', () => {
  it('has a name, matchers that all have to match, and an action', () => {
    const { matches, isActive, ...rest } = rule('', `name: quiet, matchers: [team="ml", 'severity!="critical"'], action: digest`);
    expect(rest).toEqual({
      name: 'quiet',
      source: '{team="ml",severity!="critical"}',
      action: 'digest',
      for: null,
      activeTimeIntervals: [],
      expires: null,
      comment: '',
      when: null,
      unless: null,
    });
    expect(matches(labels({ team: 'ml', severity: 'info' }))).toBe(true);
    expect(matches(labels({ team: 'ml', severity: 'critical' }))).toBe(false);
    expect(isActive(0)).toBe(true);
  });

  it.each(['suppress', 'hold', 'digest', 'notify'])('can say %s', (action) => {
    expect(rule('', `name: r, matchers: [a="b"], action: ${action}`).action).toBe(action);
  });

  it('lasts for a time, until it expires, and says why', () => {
    expect(rule('for: 30m, expires: 2026-04-01T08:00:00+02:00, comment: "TICKET-1: new node pool"')).toMatchObject({
      for: 30 * MINUTE,
      expires: Date.parse('2026-04-01T06:00Z'),
      comment: 'TICKET-1: new node pool',
    });
  });

  it('is active in one of its time intervals, and always without any', () => {
    const { isActive } = rule('active_time_intervals: [night, weekend]');
    // 2026-03-02 is a Monday.
    const times = ['2026-03-01T12:00Z', '2026-03-02T05:59Z', '2026-03-02T06:00Z', '2026-03-02T21:59Z', '2026-03-02T22:00Z'];
    expect(times.map((time) => isActive(Date.parse(time)))).toEqual([true, true, false, false, true]);
    expect(rule('active_time_intervals: []').isActive(0)).toBe(true);
  });

  it('depends on other alerts', () => {
    const { when, unless } = rule(`when: {matchers: [alertname="Latency"]}, unless: {matchers: [a="b", c=~"d|e"], equal: [model, env], count: 3, within: 0s}`);
    expect(when).toMatchObject({ source: '{alertname="Latency"}', equal: [], count: 1, within: 15 * MINUTE });
    expect(unless).toMatchObject({ source: '{a="b",c=~"d|e"}', equal: ['env', 'model'], count: 3, within: 0 });
    expect(unless?.matches(labels({ a: 'b', c: 'e' }))).toBe(true);
    expect(unless?.matches(labels({ a: 'b' }))).toBe(false);
  });

  it('comes in the order of the file', () => {
    const { rules } = suppression('rules: [{name: z, matchers: [a="1"], action: notify}, {name: a, matchers: [a="2"], action: hold}]');
    expect(rules.map(({ name }) => name)).toEqual(['z', 'a']);
  });

  it('is warned of where it has no effect', () => {
    const { warnings } = valid(`suppression:
  rules:
    - {name: over, matchers: [a="b"], action: suppress, expires: "2026-03-01T10:00:00Z"}
    - {name: not over, matchers: [a="b"], action: suppress, expires: "2026-03-01T10:00:01Z"}
    - {name: nothing to hold, matchers: [a="b"], action: notify, for: 5m}`);
    expect(warnings.map(({ line, column, message }) => `${line}:${column}: ${message}`)).toEqual([
      '5:66: suppression.rules[0].expires: is over since 2026-03-01T10:00:00Z, so the rule has no effect any more; it can be taken out',
      '7:66: suppression.rules[2].for: has no effect with the action notify, which holds nothing',
    ]);
  });
});

describe('the id of a condition', () => {
  const id = (fields: string) => condition(fields).id;

  it('stays the same, however the same is written', () => {
    // The first 8 digits of SHA-256 over `a="b"`, `c=~"d"`, nothing, `env` and `model`, with line breaks between.
    expect(id('matchers: [a="b", c=~"d"], equal: [env, model]')).toBe('69a0b9f6');
    expect(id(`matchers: ['{c=~"d", a="b"}'], equal: [model, env, model]`)).toBe('69a0b9f6');
    expect(id('matchers: [a="b", c=~"d"], equal: [env, model], count: 2, within: 1h')).toBe('69a0b9f6');
  });

  it('tells apart what asks for other alerts', () => {
    const ids = ['matchers: [a="b"]', 'matchers: [a!="b"]', 'matchers: [a="c"]', 'matchers: [a="b", c="d"]', 'matchers: [a="b"], equal: [model]'].map(id);
    expect(new Set(ids).size).toBe(5);
  });

  it('stands once among the conditions of all rules', () => {
    const { conditions } = suppression(`rules: [
      {name: a, matchers: [x="1"], action: hold, when: {matchers: [a="b"]}, unless: {matchers: [c="d"]}},
      {name: b, matchers: [x="2"], action: hold, when: {matchers: [c="d"], count: 2}, unless: {matchers: [e="f"]}},
      {name: c, matchers: [x="3"], action: hold}]`);
    expect(conditions.map(({ source }) => source)).toEqual(['{a="b"}', '{c="d"}', '{e="f"}']);
  });
});

const ENABLED = 'one of true, false, observe is';
const SEVERITY = 'one of critical, warning, info is';
const PERCENT = 'a whole number from 1 to 100 is';
const SHARE = 'a number above 0, up to 1, is, such as 0.75';
const ZERO = 'is zero; a duration longer than that is allowed, such as 5m';
const DURATION = 'is not a duration; numbers with the units y, w, d, h, m, s and ms are allowed, such as 1h30m or 0s';
const SCOPE = 'enabled, severities';

describe('what is refused', () => {
  it.each([
    [
      'transeint: {}',
      'transeint: unknown key (did you mean "transient"?); allowed are transient, flapping, seasonal, storm, heartbeats, rules, digest_interval, pages_per_hour',
    ],
    ['transient: on', 'transient: is not a map; keys with values are allowed'],
    ['transient: {maxhold: 1m}', `transient.maxhold: unknown key (did you mean "max_hold"?); allowed are ${SCOPE}, max_hold`],
    ['transient: {enabled: maybe}', `transient.enabled: "maybe" is not allowed; ${ENABLED}`],
    ['storm: {enabled: observed}', `storm.enabled: "observed" is not allowed (did you mean "observe"?); ${ENABLED}`],
    ['transient: {enabled: [true]}', 'transient.enabled: is not a text; one value is allowed'],
    ['transient: {severities: warning}', 'transient.severities: is not a list; items in [ ] or after dashes are allowed'],
    ['transient: {severities: [info, warn]}', `transient.severities[1]: "warn" is not allowed; ${SEVERITY}`],
    ['flapping: {severities: [critcal]}', `flapping.severities[0]: "critcal" is not allowed (did you mean "critical"?); ${SEVERITY}`],
    ['transient: {max_hold: 10m}', 'transient.max_hold: is not a map; keys with values are allowed'],
    ['transient: {max_hold: {warn: 10m}}', 'transient.max_hold.warn: unknown key; allowed are critical, warning, info'],
    ['transient: {max_hold: {info: long}}', `transient.max_hold.info: "long" ${DURATION}`],
    ['transient: {max_hold: {warning: 0s}}', `transient.max_hold.warning: ${ZERO}`],
    [
      'transient: {max_hold: {critical: 6m1ms}}',
      'transient.max_hold.critical: is longer than the first message of a critical alert may ever wait; up to 6m is allowed',
    ],
    ['flapping: {window: 1h}', `flapping.window: unknown key; allowed are ${SCOPE}, start, stop`],
    ['flapping: {start: 0}', `flapping.start: "0" is not allowed; ${PERCENT}`],
    ['flapping: {start: 101, stop: 50}', `flapping.start: "101" is not allowed; ${PERCENT}`],
    ['flapping: {start: 30%}', `flapping.start: "30%" is not allowed; ${PERCENT}`],
    ['flapping: {start: 20, stop: none}', `flapping.stop: "none" is not allowed; ${PERCENT}`],
    ['flapping: {stop: 31}', 'flapping.stop: is above start, which is 30; up to that is allowed'],
    ['flapping: {start: 40, stop: 50}', 'flapping.stop: is above start, which is 40; up to that is allowed'],
    ['flapping: {start: 20}', 'flapping.start: is below stop, which is 25; from that on is allowed, or a lower stop beside it'],
    ['seasonal: {hours: 3}', `seasonal.hours: unknown key; allowed are ${SCOPE}, days, share, max_hold`],
    [
      'seasonal: {severities: [info, critical]}',
      'seasonal.severities[1]: "critical" is not allowed, as a critical alert is told at its usual hour too; one of warning, info is',
    ],
    ['seasonal: {days: 0}', 'seasonal.days: "0" is not allowed; a whole number from 1 to 27 is'],
    ['seasonal: {days: 28}', 'seasonal.days: "28" is not allowed; a whole number from 1 to 27 is'],
    ['seasonal: {share: 0}', `seasonal.share: "0" is not allowed; ${SHARE}`],
    ['seasonal: {share: 1.01}', `seasonal.share: "1.01" is not allowed; ${SHARE}`],
    ['seasonal: {share: 75%}', `seasonal.share: "75%" is not allowed; ${SHARE}`],
    ['seasonal: {max_hold: 0}', `seasonal.max_hold: ${ZERO}`],
    ['storm: {onset: 3}', `storm.onset: unknown key (did you mean "onsets"?); allowed are ${SCOPE}, onsets`],
    [
      'storm: {severities: [critical]}',
      'storm.severities[0]: "critical" is not allowed, as critical alerts are told singly in a storm too; one of warning, info is',
    ],
    ['storm: {onsets: 0}', 'storm.onsets: "0" is not allowed; a whole number from 1 to 1000000 is'],
    ['heartbeats: {matchers: [a="b"]}', 'heartbeats: is not a list; items in [ ] or after dashes are allowed'],
    ['heartbeats: [Watchdog]', 'heartbeats[0]: is not a map; keys with values are allowed'],
    ['heartbeats: [{within: 5m}]', `heartbeats[0]: ${NONE_NEEDED}`],
    ['heartbeats: [{matchers: []}]', `heartbeats[0]: ${NONE_NEEDED}`],
    ['heartbeats: [{matchers: ["{}"]}]', `heartbeats[0]: ${NONE_NEEDED}`],
    [
      'heartbeats: [{matchers: ["Watchdog"]}]',
      'heartbeats[0].matchers[0]: "Watchdog": one of =, !=, =~ and !~ is missing before the end; a label name, one of =, !=, =~ and !~ and a value are allowed, as in severity=~"page|critical"',
    ],
    ['heartbeats: [{matchers: [a="b"], within: 0s}]', `heartbeats[0].within: ${ZERO}`],
    ['heartbeats: [{matchers: [a="b"], every: 5m}]', 'heartbeats[0].every: unknown key; allowed are matchers, within'],
    ['digest_interval: 0s', `digest_interval: ${ZERO}`],
    ['digest_interval: daily', `digest_interval: "daily" ${DURATION}`],
    ['pages_per_hour: 0', 'pages_per_hour: "0" is not allowed; a whole number from 1 to 10000 is'],
    ['rules: {name: r}', 'rules: is not a list; items in [ ] or after dashes are allowed'],
  ])('%s', (fields, expected) => {
    expect(faults(fields)).toEqual([expected]);
  });

  it.each([
    ['matchers: [a="b"], action: hold', ': has no name; one is needed, by which evidence and records call it'],
    ['name: "", matchers: [a="b"], action: hold', '.name: is empty; a text is allowed'],
    ['name: r, action: hold', `: ${NONE_NEEDED}`],
    ['name: r, matchers: ["{}"], action: hold', `: ${NONE_NEEDED}`],
    ['name: r, matchers: [a="b"]', ': has no action; one of suppress, hold, digest, notify is needed'],
    ['name: r, matchers: [a="b"], action: supress', '.action: "supress" is not allowed (did you mean "suppress"?); one of suppress, hold, digest, notify is'],
    [
      'name: r, matchers: [a="b"], action: hold, expire: never',
      '.expire: unknown key (did you mean "expires"?); allowed are name, matchers, action, for, active_time_intervals, expires, comment, when, unless',
    ],
    ['name: r, matchers: [a="b"], action: hold, for: 0s', `.for: ${ZERO}`],
    [
      'name: r, matchers: [a="b"], action: hold, expires: 2026-04-01',
      '.expires: "2026-04-01" is not a time; one as in RFC 3339 is allowed, such as 2026-03-01T18:00:00Z',
    ],
    ['name: r, matchers: [a="b"], action: hold, comment: [why]', '.comment: is not a text; one value is allowed'],
    [
      'name: r, matchers: [a="b"], action: hold, active_time_intervals: night',
      '.active_time_intervals: is not a list; items in [ ] or after dashes are allowed',
    ],
    [
      'name: r, matchers: [a="b"], action: hold, active_time_intervals: [nights]',
      '.active_time_intervals[0]: there is no time interval "nights" (did you mean "night"?); time_intervals has "night", "weekend"',
    ],
    ['name: r, matchers: [a="b"], action: hold, when: [a="b"]', '.when: is not a map; keys with values are allowed'],
    ['name: r, matchers: [a="b"], action: hold, when: {count: 2}', `.when: ${NONE_NEEDED}`],
    [
      'name: r, matchers: [a="b"], action: hold, when: {matchers: [a="b"], eqaul: [x]}',
      '.when.eqaul: unknown key (did you mean "equal"?); allowed are matchers, equal, count, within',
    ],
    [
      'name: r, matchers: [a="b"], action: hold, when: {matchers: [a="b"], equal: model}',
      '.when.equal: is not a list; items in [ ] or after dashes are allowed',
    ],
    ['name: r, matchers: [a="b"], action: hold, when: {matchers: [a="b"], equal: [""]}', '.when.equal[0]: is empty; a text is allowed'],
    [
      'name: r, matchers: [a="b"], action: hold, unless: {matchers: [a="b"], count: 0}',
      '.unless.count: "0" is not allowed; a whole number from 1 to 1000000 is',
    ],
    ['name: r, matchers: [a="b"], action: hold, unless: {matchers: [a="b"], within: 15}', `.unless.within: "15" ${DURATION}`],
  ])('a rule with %s', (fields, expected) => {
    const found = parsed(`${INTERVALS}suppression: {rules: [{${fields}}]}`);
    expect('policy' in found ? ['valid'] : found.map((fault) => fault.replace(/^6:\d+: suppression\.rules\[0\]/, ''))).toEqual([expected]);
  });

  it('a name that an earlier rule has', () => {
    expect(parsed('suppression: {rules: [{name: r, matchers: [a="b"], action: hold}, {name: r, matchers: [a="c"], action: hold}]}')).toEqual([
      '3:74: suppression.rules[1].name: "r" is the name of an earlier rule as well; each needs its own',
    ]);
  });

  it('a time interval where there is none', () => {
    expect(faults('rules: [{name: r, matchers: [a="b"], action: hold, active_time_intervals: [night]}]')).toEqual([
      'rules[0].active_time_intervals[0]: there is no time interval "night"; time_intervals has none',
    ]);
  });
});

describe('the section as it is shown', () => {
  const text = `${INTERVALS}suppression:
  transient: {enabled: observe, severities: [info, warning], max_hold: {info: 2h}}
  flapping: {enabled: off, start: 50, stop: 10}
  seasonal: {days: 5, share: 0.9, max_hold: 1h}
  storm: {onsets: 40}
  heartbeats: [{matchers: [alertname="Alive"], within: 15m}, {matchers: ['alertname="Beat",env="prod"']}]
  rules:
    - {name: full, matchers: ['a="b", c!="d"', 'e=~"f|g"'], action: hold, for: 90s, active_time_intervals: [night, weekend],
       expires: "2026-04-01T08:00:00+02:00", comment: why, when: {matchers: [x="y"]}, unless: {matchers: [z="1"], equal: [model], count: 2, within: 1h}}
    - {name: short, matchers: [a="b"], action: notify}
  digest_interval: 90m
  pages_per_hour: 20
`;

  it('has the words of the file and all defaults', () => {
    expect(shown(text)).toEqual({
      transient: { enabled: 'observe', severities: ['warning', 'info'], max_hold: { critical: '6m', warning: '9m30s', info: '2h' } },
      flapping: { enabled: false, severities: ['critical', 'warning', 'info'], start: 50, stop: 10 },
      seasonal: { enabled: true, severities: ['warning', 'info'], days: 5, share: 0.9, max_hold: '1h' },
      storm: { enabled: true, severities: ['warning', 'info'], onsets: 40 },
      heartbeats: [{ matchers: ['{alertname="Alive"}'], within: '15m' }, { matchers: ['{alertname="Beat",env="prod"}'] }],
      rules: [
        {
          name: 'full',
          matchers: ['{a="b",c!="d",e=~"f|g"}'],
          action: 'hold',
          for: '1m30s',
          active_time_intervals: ['night', 'weekend'],
          expires: '2026-04-01T06:00:00Z',
          comment: 'why',
          when: { matchers: ['{x="y"}'], equal: [], count: 1, within: '15m' },
          unless: { matchers: ['{z="1"}'], equal: ['model'], count: 2, within: '1h' },
        },
        { name: 'short', matchers: ['{a="b"}'], action: 'notify' },
      ],
      digest_interval: '1h30m',
      pages_per_hour: 20,
    });
  });

  it('is read as what it shows', () => {
    expect(shown(`${INTERVALS}${stringify({ suppression: shown(text) })}`)).toEqual(shown(text));
    expect(shown(stringify({ suppression: shown('') }))).toEqual(shown(''));
  });
});

describe('the examples of the documentation', () => {
  const [, section = ''] = /\n## `suppression`\n(.*?)\n## /s.exec(readFileSync('docs/configuration.md', 'utf8')) ?? [];
  const [defaults = '', ...examples] = [...section.matchAll(/```yaml\n(.*?)```/gs)].map(([, yaml = '']) => yaml);
  const outOfHours = 'time_intervals: [{name: out-of-hours, time_intervals: [{}]}]\n';

  it('write out the defaults', () => {
    expect(shown(defaults)).toEqual(shown(''));
  });

  it.each(examples)('are valid, and nothing in them is without effect:\n%s', (example) => {
    const { policy, warnings } = valid(outOfHours + example);
    expect(policy.suppression.rules.length).toBeGreaterThan(0);
    expect(warnings).toEqual([]);
  });
});
