import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SuppressionReason } from '../../../src/model/evidence.ts';
import { composeBulletin } from '../../../src/notify/bulletin-message.ts';
import { renderBulletin } from '../../../src/notify/console/render-bulletin.ts';
import type { BulletinView } from '../../../src/notify/integration.ts';
import { slackBulletin } from '../../../src/notify/slack/bulletin-blocks.ts';
import { faultOfBlocks } from '../../stand-ins/slack-limits.ts';
import { entries, entry } from '../correlate/bulletins.ts';
import { at } from '../correlate/scenario.ts';

const view = (given: Partial<BulletinView> = {}): BulletinView => ({ kind: 'digest', entries: [entry()], more: 0, over: false, externalUrl: null, ...given });
const compose = (given: Partial<BulletinView> = {}) => composeBulletin(view(given));

/** What 01:00 to 11:00 brought: five disks of which one came twice, a job at its usual hour. */
const NIGHT = [
  ...entries(4),
  entry({ fingerprint: 'e', entity: 'node/gpu-4', count: 2, firstAt: at('09:30'), lastAt: at('11:00'), because: '10 of 11 cleared within 6 min' }),
  entry({ fingerprint: 'j', rule: 'RetrainingLoad', entity: null, severity: 'info', reason: 'seasonal', firstAt: at('01:00'), lastAt: at('01:40') }),
];
const STORM = [
  ...entries(2, { reason: 'storm', outcome: 'ended' }),
  entry({ fingerprint: 't', reason: 'storm', entity: 'node/gpu-9', outcome: 'told' }),
  entry({ fingerprint: '', reason: 'storm', entity: null, count: 140 }),
];

describe('the lines of a bulletin', () => {
  it('gather a rule that was held back for one reason: how many, how often, where, since when', () => {
    expect(compose({ entries: NIGHT }).lines).toMatchObject([
      {
        rule: 'DiskFull',
        severity: 'warning',
        count: '5 alerts, 6 times',
        entities: ['node/gpu-0', 'node/gpu-1', 'node/gpu-2'],
        moreEntities: 2,
        reason: 'cleared by itself',
        because: '10 of 11 cleared within 6 min',
        firstAt: at('09:30'),
        lastAt: at('11:00'),
      },
      { rule: 'RetrainingLoad', count: '1 alert', entities: [], moreEntities: 0, reason: 'came at its usual hour' },
    ]);
  });

  it('count what is not named as well, and how the named went on', () => {
    expect(compose({ kind: 'storm', entries: STORM }).lines).toMatchObject([{ count: '143 alerts', alerts: 143, outcome: '2 ended, 1 told singly since' }]);
  });

  it('come with the worst first, then with most alerts, then by name', () => {
    const mixed = [
      entry({ fingerprint: '1', rule: 'Zeta' }),
      entry({ fingerprint: '2', rule: 'Alpha' }),
      ...entries(2, { rule: 'Many' }),
      entry({ fingerprint: '3', rule: 'Grave', severity: 'critical' }),
    ];
    expect(compose({ entries: mixed }).lines.map(({ rule }) => rule)).toEqual(['Grave', 'Many', 'Alpha', 'Zeta']);
  });

  it('have words for every reason', () => {
    const reasons: readonly SuppressionReason[] = [
      'transient',
      'flapping',
      'seasonal',
      'storm',
      'rule',
      'heartbeat',
      'budget',
      'no-integration',
      'send-resolved-off',
    ];
    const words = compose({ entries: reasons.map((reason) => entry({ reason })) }).lines.map(({ reason }) => reason);
    expect(new Set(words).size).toBe(reasons.length);
  });
});

describe('the message', () => {
  it('of a digest says how many of how many rules, and from when to when', () => {
    expect(compose({ entries: NIGHT })).toMatchObject({
      title: 'Held back: 6 alerts of 2 rules',
      text: 'Held back: 6 alerts of 2 rules. DiskFull 5, RetrainingLoad 1',
      standing: 'They ended before anybody was told',
      severity: 'warning',
      firstAt: at('01:00'),
      lastAt: at('11:00'),
    });
  });

  it('of a storm says that it goes on or is over', () => {
    expect(compose({ kind: 'storm', entries: STORM, more: 7 }).title).toBe('Storm: 150 alerts of 1 rule and more so far');
    expect(compose({ kind: 'storm', entries: STORM, over: true })).toMatchObject({
      title: 'The storm is over: 143 alerts of 1 rule',
      standing: 'What lasts of it is told singly',
    });
  });

  it('names three rules on a lock screen', () => {
    const rules = ['A', 'B', 'C', 'D', 'E'].map((rule) => entry({ fingerprint: rule, rule }));
    expect(compose({ entries: rules }).text).toBe('Held back: 5 alerts of 5 rules. A 1, B 1, C 1 and 2 more');
  });

  it('leads to what was held back, where the service has a URL', () => {
    expect(compose({ externalUrl: 'https://winnow.example' }).url).toBe('https://winnow.example/#/suppressions');
    expect(compose().url).toBeNull();
  });
});

describe('in Slack', () => {
  it('is a headline, its time, and the lines', () => {
    const { text, blocks } = slackBulletin(compose({ entries: NIGHT.slice(0, 1), externalUrl: 'https://winnow.example' }));
    const [from, to] = [
      '<!date^1772359200^{date_short_pretty} {time}|2026-03-01T10:00:00Z>',
      '<!date^1772359440^{date_short_pretty} {time}|2026-03-01T10:04:00Z>',
    ];
    expect(text).toBe('📋 Held back: 1 alert of 1 rule. DiskFull 1');
    expect(
      blocks.map((block) => (block.type === 'context' ? block.elements[0]?.text : block.type === 'divider' || block.type === 'actions' ? '' : block.text.text)),
    ).toEqual([
      '📋 Held back: 1 alert of 1 rule',
      `From ${from} to ${to} · They ended before anybody was told`,
      `🟠 DiskFull on \`node/gpu-0\`: 1 alert · cleared by itself · ${from} to ${to}\n      9 of 10 cleared within 6 min`,
      '<https://winnow.example/#/suppressions|What was held back, and why>',
    ]);
  });

  it('counts the alerts whose lines do not fit', () => {
    const rules = Array.from({ length: 70 }, (_, i) => entry({ fingerprint: `${i}`, rule: `Rule${i}`, because: 'x'.repeat(200) }));
    const texts = JSON.stringify(slackBulletin(compose({ entries: rules, more: 5 })).blocks);
    const shown = texts.match(/Rule\d+ on/g)?.length ?? 0;
    expect(shown).toBeGreaterThan(15);
    expect(texts).toContain(`_and ${75 - shown} more_`);
  });

  it('has the sign of its worst while a storm lasts, and a quiet one afterwards', () => {
    expect(slackBulletin(compose({ kind: 'storm', entries: STORM })).text).toMatch(/^🟠 Storm:/);
    expect(slackBulletin(compose({ kind: 'storm', entries: STORM, over: true })).text).toMatch(/^✅ The storm is over:/);
  });
});

describe('in the terminal', () => {
  it('says the same', () => {
    expect(renderBulletin(compose({ entries: NIGHT, more: 3 }), { color: false })).toBe(
      [
        '● DIGEST  Held back: 9 alerts of 2 rules and more',
        '  2026-03-01T01:00:00Z to 2026-03-01T11:00:00Z · They ended before anybody was told',
        '',
        '    warning  DiskFull on node/gpu-0, node/gpu-1, node/gpu-2 and 2 more: 5 alerts, 6 times',
        '      cleared by itself: 10 of 11 cleared within 6 min',
        '    info  RetrainingLoad: 1 alert',
        '      came at its usual hour: 9 of 10 cleared within 6 min',
        '    and 3 more',
        '',
      ].join('\n'),
    );
  });

  it('tells a storm that goes on from one that is over', () => {
    expect(renderBulletin(compose({ kind: 'storm', entries: STORM }), { color: false })).toMatch(/^● STORM {2}Storm: 143 alerts/);
    expect(renderBulletin(compose({ kind: 'storm', entries: STORM, over: true }), { color: true })).toContain('\u001b[32m○ STORM\u001b[0m  ');
  });
});

describe('for any text in any place', () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.constantFrom('<!channel>', '```', '`<!here>`', '<https://evil.example|Runbook>', '"'.repeat(4000), '&'.repeat(4000), '𝕏'.repeat(4000), '\u001b[2J', ''),
  );
  const shown = fc
    .record({ rule: hostile, entity: fc.option(hostile), because: hostile, count: fc.constantFrom(1, 3, 70), storm: fc.boolean() })
    .map(({ rule, entity, because, count, storm }) =>
      view({
        kind: storm ? 'storm' : 'digest',
        entries: Array.from({ length: count }, (_, i) =>
          entry({
            fingerprint: `${i}`,
            rule: i % 2 === 0 ? `${i}${rule}` : `${rule}${i}`,
            entity: entity === null ? null : `${entity}${i}`,
            because,
            outcome: 'told',
          }),
        ),
        more: count,
        externalUrl: `https://winnow.example/${'x'.repeat(900)}`,
      }),
    );

  it('keeps the limits of Slack, its budget of 10,000 characters included', () => {
    fc.assert(
      fc.property(shown, (bulletin) => {
        const { text, blocks } = slackBulletin(composeBulletin(bulletin));
        expect(faultOfBlocks(blocks)).toBeNull();
        expect(JSON.stringify(blocks).length).toBeLessThanOrEqual(10_000);
        expect(text.length).toBeLessThanOrEqual(1000);
      }),
    );
  });

  it('all markup in it is ours', () => {
    fc.assert(
      fc.property(shown, (bulletin) => {
        const message = composeBulletin(bulletin);
        const { text, blocks } = slackBulletin(message);
        const texts = blocks.flatMap((block) =>
          block.type === 'divider' || block.type === 'actions' ? [] : block.type === 'context' ? block.elements.map((e) => e.text) : [block.text.text],
        );
        for (const said of [text, ...texts]) {
          const rest = said.replace(/<([^<>]*)>/g, (_, inside: string) => {
            const [target = ''] = inside.split('|');
            expect(target.startsWith('!date^') || target === message.url, inside).toBe(true);
            return '';
          });
          expect(rest).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)/);
          expect(said.split('\n').every((line) => (line.match(/`/g) ?? []).length % 2 === 0)).toBe(true);
          expect(said).not.toContain('```');
        }
      }),
    );
  });

  it('lets no control character through to a terminal', () => {
    fc.assert(
      fc.property(shown, (bulletin) => {
        // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
        expect(renderBulletin(composeBulletin(bulletin), { color: false })).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
      }),
    );
  });
});
