import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { IncidentView } from '../../../src/notify/integration.ts';
import { composeMessage } from '../../../src/notify/message.ts';
import { type SlackBody, slackBody, slackReminder } from '../../../src/notify/slack/blocks.ts';
import { slackButtons } from '../../../src/notify/slack/buttons.ts';
import { fitPieces, slackCode, slackDate, slackText } from '../../../src/notify/slack/markup.ts';
import { faultOfBlocks } from '../../stand-ins/slack-limits.ts';
import { PLAIN_PART } from '../correlate/scenario.ts';
import { alert, gpuNodeDown, time, view } from './incident-view.ts';

const body = (shown: IncidentView): SlackBody => slackBody(composeMessage(shown), { buttons: slackButtons(shown.incident) });
const textsOf = ({ text, blocks }: SlackBody): string[] => [
  text,
  ...blocks.flatMap((block) =>
    block.type === 'divider' || block.type === 'actions' ? [] : block.type === 'context' ? block.elements.map((element) => element.text) : [block.text.text],
  ),
];

describe('text from alerts', () => {
  it('is shown literally', () => {
    expect(slackText('<!channel> & <https://evil.example|click>', 200)).toBe('&lt;!channel&gt; &amp; &lt;https://evil.example|click&gt;');
  });

  it('cannot leave a code span or begin a code block', () => {
    expect(slackCode('a` <@U1> `b', 100)).toBe("`a' &lt;@U1&gt; 'b`");
    expect(slackText('```', 10)).toBe("'''");
  });

  it('is cut to its limit after escaping, never inside an escape', () => {
    expect(slackText('<<<<', 9)).toBe('&lt;&lt;…');
    expect(slackText('"""""', 6)).toBe('""…');
  });
});

it('a time is shown in the time zone of the reader', () => {
  expect(slackDate(time('2026-03-01T03:12:00Z').ms)).toBe('<!date^1772334720^{date_short_pretty} {time}|2026-03-01T03:12:00Z>');
  expect(slackDate(time('0001-01-01T00:00:00Z').ms)).toBe('0001-01-01T00:00:00Z');
});

it('pieces that do not fit whole are left out', () => {
  expect(fitPieces(['abc', 'def', 'g'], ', ', 9)).toEqual({ text: 'abc, def', count: 2 });
});

describe('a message about an incident that lasts', () => {
  const blocks = body(gpuNodeDown()).blocks;
  const texts = textsOf(body(gpuNodeDown()));

  it('has a loud headline, then since when and how much', () => {
    expect(blocks[0]).toEqual({ type: 'header', text: { type: 'plain_text', text: '🔴 GPUNodeNotReady on node/gpu-7' } });
    expect(texts[2]).toBe(
      '*Critical* since <!date^1772334720^{date_short_pretty} {time}|2026-03-01T03:12:00Z> · 11 of 12 alerts firing\nNode gpu-7 has not been ready for 2 minutes; 8 GPUs gone',
    );
  });

  it('says until when it is snoozed, and by whom, in the time zone of the reader', () => {
    const [, , status] = textsOf(body(gpuNodeDown({ snoozedUntil: time('2026-03-01T09:00:00Z').ms, snoozedBy: '@<ada>' })));
    expect(status).toMatch(/\n💤 Snoozed by @&lt;ada&gt; until <!date\^1772355600\^\{date_short_pretty\} \{time\}\|2026-03-01T09:00:00Z>$/);
  });

  it('gives the causes with their reasons', () => {
    expect(texts[3]).toBe(
      [
        '*Likely causes*',
        '1. `node/gpu-7`  score 0.71',
        '      • first to fire, 40 s before the next',
        '      • 4 of the 5 other entities depend on it, by way of model/ranker',
        '2. `model/ranker`  score 0.18',
        '      • model-promotion "ranker v41" 25 min before the first alert',
      ].join('\n'),
    );
  });

  it('says what is affected, where to look, and how many alerts are not shown', () => {
    expect(texts[4]).toContain('infra: 4 of 5 firing · `node/gpu-7`, `pod/ranker-6c9f`');
    expect(texts[5]).toContain('<https://runbooks.example.com/gpu-node-not-ready|Runbook GPUNodeNotReady>');
    expect(texts[6]).toContain('🟠 PredictionDrift `model/ranker` (fired 3 times) PSI of ranker scores is 0.31 (limit 0.2)');
    expect(texts[6]).toMatch(/_and 5 more_$/);
  });
});

describe('a message about an incident that is over', () => {
  const over = body(gpuNodeDown({ status: 'resolved', resolution: 'alerts', firingCount: 0, resolvedAt: time('2026-03-01T03:54:10Z').ms }));

  it('is quiet: no headline, no list of alerts, no red', () => {
    expect(over.blocks.map((block) => block.type)).toEqual(['section', 'context', 'context', 'actions', 'context']);
    expect(JSON.stringify(over)).not.toContain('🔴');
  });

  it('says how long it lasted', () => {
    expect(textsOf(over)[1]).toBe('✅ GPUNodeNotReady on node/gpu-7\nResolved after 42 min 10 s: all 12 alerts have cleared');
  });
});

it('a message calls whom it is to call below its headline while it lasts, and nobody once it is over', () => {
  const calling = (shown: IncidentView) => slackBody(composeMessage(shown), { mention: '<!subteam^S1>' }).blocks;
  expect(calling(gpuNodeDown())[1]).toEqual({ type: 'section', text: { type: 'mrkdwn', text: '<!subteam^S1>', verbatim: true } });
  expect(JSON.stringify(calling(gpuNodeDown({ status: 'resolved', resolution: 'alerts' })))).not.toContain('subteam');
});

it('a reminder is one line that says since when', () => {
  expect(slackReminder(composeMessage(view())).text).toMatch(/^Still open, since <!date\^1772334720\^.*>\. Critical: NodeDown on node\/gpu-7\./);
});

describe('for any text in any place', () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.constantFrom(
      '<!channel>',
      '<@U012345>',
      '<#C0123|general>',
      '```',
      '`<!here>`',
      '<https://evil.example|Runbook>',
      '&lt;!channel&gt;',
      '"'.repeat(4000),
      '&'.repeat(4000),
      '𝕏'.repeat(4000),
      '',
    ),
  );
  const count = fc.constantFrom(1, 20, 5000);
  const shown = fc
    .record({ text: hostile, other: hostile, url: fc.oneof(fc.webUrl({ withQueryParameters: true }), hostile), count, resolved: fc.boolean() })
    .map(({ text, other, url, count, resolved }): IncidentView => {
      const says = {
        labels: { alertname: text, [other]: text },
        annotations: { summary: other, runbook_url: url, dashboard: `${url}|<!channel>` },
        links: { source: url },
      };
      const part = { entity: `node/${text}`, severity: 'critical', firstAt: 0, lastAt: 0, fingerprint: '', rule: text, alerts: count, firing: 1 } as const;
      const cause = {
        rank: 1,
        score: 0.5,
        entity: other,
        fingerprint: 'cause',
        changeId: null,
        evidence: [text, other, text, other].map((summary) => ({ kind: 'x', summary })),
      };
      return view(
        {
          title: text,
          status: resolved ? 'resolved' : 'acknowledged',
          resolution: resolved ? 'person' : null,
          resolvedBy: other,
          resolvedAt: resolved ? 1_772_337_250_000 : null,
          acknowledgedBy: text,
          snoozedBy: text,
          snoozedUntil: 0,
          alertCount: count,
          parts: (['infra', 'data', 'model', 'application', 'business', 'unknown'] as const).flatMap((domain) =>
            Array.from({ length: 6 }, (_, i) => ({ ...PLAIN_PART, ...part, domain, entity: `${part.entity}${i}` })),
          ),
          rootCauses: [cause, cause, cause],
        },
        Array.from({ length: Math.min(count, 20) }, (_, i) =>
          alert({ fingerprint: i === 1 ? 'cause' : String(i), rule: text, entity: other, occurrences: 2 }, says),
        ),
        'https://winnow.example',
      );
    });

  it('the message keeps the limits of Slack, its budget of 10,000 characters included', () => {
    fc.assert(
      fc.property(shown, (incident) => {
        const { text, blocks } = body(incident);
        expect(faultOfBlocks(blocks)).toBeNull();
        expect(JSON.stringify(blocks).length).toBeLessThanOrEqual(10_000);
        expect(text.length).toBeLessThanOrEqual(1000);
      }),
    );
  });

  it('all markup in it is ours: dates, and links to where a link of the incident leads', () => {
    fc.assert(
      fc.property(shown, (incident) => {
        const message = composeMessage(incident);
        const urls = new Set(message.links.map(({ url }) => url.replaceAll('&', '&amp;')));
        for (const text of [...textsOf(slackBody(message)), ...textsOf(slackReminder(message))]) {
          const rest = text.replace(/<([^<>]*)>/g, (_, inside: string) => {
            const [target = ''] = inside.split('|');
            expect(target.startsWith('!date^') || urls.has(target), inside).toBe(true);
            return '';
          });
          expect(rest).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)/);
          expect(text.split('\n').every((line) => (line.match(/`/g) ?? []).length % 2 === 0)).toBe(true);
          expect(text).not.toContain('```');
        }
      }),
    );
  });
});
