import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type CandidateOptions, candidates, quantile } from '../../../src/cli/suggest/candidates.ts';
import { Episodes, type RuleFacts } from '../../../src/cli/suggest/episodes.ts';
import { suggestedYaml } from '../../../src/cli/suggest/report.ts';
import { suggestCommand } from '../../../src/cli/suggest/suggest-command.ts';
import { type Effect, type Suggestion, worthwhile } from '../../../src/cli/suggest/suggestion.ts';
import { defaultConfig } from '../../../src/config/load-config.ts';
import { MINUTE } from '../../../src/model/time.ts';
import { firing, resolved, webhookAt } from '../correlate/scenario.ts';
import { incident, outcome } from '../diff/outcomes.ts';
import { sink, streamOf } from '../replay/recording.ts';

describe('the episodes of a recording', () => {
  const { severities } = defaultConfig().policy;

  it('last from arrival to arrival, and a delivery again is no further one', () => {
    const episodes = new Episodes(severities);
    episodes.take(webhookAt('10:01', firing('a', { labels: { severity: 'warning' } })));
    episodes.take(webhookAt('10:06', firing('a', { labels: { severity: 'warning' } })));
    episodes.take(webhookAt('10:31', resolved('a')));
    episodes.take(webhookAt('10:32', resolved('a')));
    episodes.take(webhookAt('11:01', firing('a', { startsAt: '11:00' })));
    expect(episodes.facts()).toEqual([{ rule: 'NodeDown', severity: 'critical', fingerprints: new Set(['a']), episodes: 2, cleared: [30 * MINUTE] }]);
  });

  it('begin anew with a later start, though no end was heard of', () => {
    const episodes = new Episodes(severities);
    episodes.take(webhookAt('10:01', firing('a')));
    episodes.take(webhookAt('11:01', firing('a', { startsAt: '11:00' })));
    // The end of the first one comes late.
    episodes.take(webhookAt('11:02', resolved('a')));
    expect(episodes.facts()).toMatchObject([{ episodes: 2, cleared: [] }]);
  });
});

function facts(given: Partial<RuleFacts> = {}): RuleFacts {
  return { rule: 'Slow', severity: 'warning', fingerprints: new Set(['a']), episodes: 20, cleared: Array(20).fill(4 * MINUTE), ...given };
}

function found(given: Partial<RuleFacts>, options: Partial<CandidateOptions> = {}) {
  const all = candidates([facts(given)], { acted: new Set(['z']), messages: new Map([[given.rule ?? 'Slow', 5]]), most: 3, ...options });
  return all.map(({ action, for: length }) => `${action} ${length / MINUTE}`);
}

describe('a candidate', () => {
  it('is a digest for what always cleared, until it lasts unusually long', () => {
    expect(found({})).toEqual(['digest 10']);
  });

  it('is a hold of minutes for what is critical', () => {
    expect(found({ severity: 'critical' })).toEqual(['hold 4']);
    expect(found({ severity: 'critical', cleared: Array(20).fill(7 * MINUTE) })).toEqual([]);
  });

  it.each([
    ['what did not clear once', { cleared: Array(19).fill(MINUTE) }, {}],
    ['what fired too seldom to tell', { episodes: 9, cleared: Array(9).fill(MINUTE) }, {}],
    ['what often lasts hours', { cleared: Array(20).fill(61 * MINUTE) }, {}],
    ['what a person acted on', {}, { acted: new Set(['a']) }],
    ['what sent no message of its own', {}, { messages: new Map() }],
    ['what has no name', { rule: '' }, { messages: new Map([['', 5]]) }],
    ['what is critical where nobody is known to have acted', { severity: 'critical' as const }, { acted: new Set<string>() }],
  ])('is not made of %s', (_, given, options) => {
    expect(found(given, options)).toEqual([]);
  });

  it('is among the few with most to gain', () => {
    const all = ['a', 'b', 'c'].map((rule) => facts({ rule }));
    const messages = new Map([
      ['a', 1],
      ['b', 3],
      ['c', 2],
    ]);
    expect(candidates(all, { acted: new Set(), messages, most: 2 }).map(({ facts: { rule } }) => rule)).toEqual(['b', 'c']);
  });
});

it('a quantile is a length that occurred', () => {
  expect([0, 0.5, 0.95, 1].map((share) => quantile([4, 1, 3, 2], share))).toEqual([1, 2, 4, 4]);
});

const EFFECT: Effect = { messagesFewer: 5, pagesFewer: 0, untold: 3, lost: 0 };

function suggestion(effect: Partial<Effect>, rule = 'Slow'): Suggestion {
  return { candidate: { facts: facts({ rule }), action: 'digest', for: 10 * MINUTE, messages: 5 }, effect: { ...EFFECT, ...effect } };
}

describe('what is suggested', () => {
  it('saves messages, adds no page and loses nothing that people acted on; pages weigh more', () => {
    const tried = [suggestion({}), suggestion({ lost: 1 }), suggestion({ messagesFewer: 0 }), suggestion({ pagesFewer: -1 }), suggestion({ pagesFewer: 1 })];
    expect(worthwhile(tried, 5)).toEqual([tried[4], tried[0]]);
    expect(worthwhile(tried, 1)).toEqual([tried[4]]);
  });

  it('is YAML of at most 80 columns, whatever an alert is called', () => {
    const hostile = `x"\n  - {action: suppress}\u001b\u009b2J ${'y'.repeat(40)}`;
    const before = outcome(incident('A', { alerts: ['a 10:00'], paged: '10:02', acted: true }));
    const text = [...suggestedYaml([suggestion({}, hostile), suggestion({})], before, EFFECT)].join('');
    expect(parse(text).suppression.rules).toMatchObject([
      { action: 'digest', for: '10m' },
      { name: 'digest Slow', matchers: ['alertname="Slow"'], action: 'digest', for: '10m' },
    ]);
    expect(text).toContain(
      '# Slow cleared by itself 20 times of 20 (with 95 % confidence at least 90 %\n    # do), on 1 alert: half of the times within 4 min, 95 % within 4 min.\n',
    );
    expect(text).toContain('5 messages fewer, 0 pages fewer');
    expect(text).not.toMatch(/[\u007f-\u009f]/);
    for (const line of text.split('\n').filter((each) => each.trimStart().startsWith('#'))) expect(line.length).toBeLessThanOrEqual(80);
  });
});

describe('the command', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'winnow-suggest-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('suggests a digest for an alert that clears each time after it was told of', async () => {
    const lines = Array.from({ length: 30 }, (_, i) => {
      const start = Date.parse('2026-03-01T00:00:00Z') + i * 7_000_000;
      const alert = { labels: { alertname: 'Slow', severity: 'warning', node: 'a' }, startsAt: new Date(start).toISOString() };
      const line = (time: number, more: object) =>
        `${JSON.stringify({ receivedAt: new Date(time).toISOString(), source: 'alertmanager', body: { version: '4', alerts: [{ ...alert, ...more }] } })}\n`;
      return line(start, { status: 'firing' }) + line(start + 4 * MINUTE, { status: 'resolved', endsAt: new Date(start + 4 * MINUTE).toISOString() });
    });
    const file = join(folder, 'events.ndjson');
    await writeFile(file, lines.join(''));
    const config = join(folder, 'winnow.yaml');
    await writeFile(config, 'route: {receiver: a}\nreceivers: [{name: a, console_configs: [{}]}]\n');
    const [stdout, stderr] = [sink(), sink()];
    expect(await suggestCommand({ configFile: config, events: file, env: {}, stdin: streamOf(), stdout, stderr })).toBe(0);
    expect(stderr.text()).toBe('');
    expect(parse(stdout.text()).suppression.rules).toEqual([{ name: 'digest Slow', matchers: ['alertname="Slow"'], action: 'digest', for: '10m' }]);
  });

  it('ends with 1 when there is no such file', async () => {
    const [stdout, stderr] = [sink(), sink()];
    expect(await suggestCommand({ configFile: null, events: join(folder, 'none'), env: {}, stdin: streamOf(), stdout, stderr })).toBe(1);
    expect(stderr.text()).toContain('none cannot be read');
  });
});
