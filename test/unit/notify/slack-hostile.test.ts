// Whatever an alert says, nothing of it is markup in the thread or in an explanation, and Slack's limits hold.

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { composeMessage } from '../../../src/notify/message.ts';
import type { SlackBody } from '../../../src/notify/slack/blocks.ts';
import { slackExplanation } from '../../../src/notify/slack/explanation.ts';
import { slackNews, slackUrgentNews } from '../../../src/notify/slack/news-blocks.ts';
import { faultOfBlocks } from '../../stand-ins/slack-limits.ts';
import { gpuNodeDown } from './incident-view.ts';

const hostile = fc.oneof(
  fc.constantFrom('<!channel>', '<@U1>', '<https://evil.example|click>', '```', '`', '&lt;!here&gt;', '\u202e', 'x'.repeat(100_000), '<'.repeat(5000)),
  fc.string({ unit: 'binary', maxLength: 300 }),
);

function expectHarmless(body: SlackBody): void {
  expect(faultOfBlocks(body.blocks)).toBeNull();
  expect(JSON.stringify(body.blocks).length).toBeLessThanOrEqual(10_000);
  for (const [text = ''] of JSON.stringify(body).matchAll(/<[^>]*>?/g)) expect(text).toMatch(/^<!date\^/);
}

it('the thread and what must be told at once', () => {
  fc.assert(
    fc.property(fc.array(hostile, { minLength: 1, maxLength: 30 }), (texts) => {
      const entries = texts.map((summary, i) => ({ at: 0, kind: i % 2 === 0 ? 'joined' : 'cause-changed', summary, evidence: [{ kind: 'x', summary }] }));
      const news = slackNews(entries);
      if (news !== null) expectHarmless(news);
      const { incident } = gpuNodeDown();
      expectHarmless(slackUrgentNews({ message: composeMessage(gpuNodeDown({ title: texts[0] ?? '' })), incident, entries }));
    }),
  );
});

it('an explanation', () => {
  fc.assert(
    fc.property(fc.array(hostile, { minLength: 1, maxLength: 30 }), (texts) => {
      const evidence = texts.map((summary) => ({ kind: 'x', summary, value: 0.5, threshold: 1, observations: 3 }));
      const [title = ''] = texts;
      const rootCauses = texts.map((entity, i) => ({ rank: i + 1, score: 0.5, entity, fingerprint: null, changeId: null, evidence }));
      expectHarmless(
        slackExplanation({
          incident: gpuNodeDown({ title, rootCauses }).incident,
          timeline: texts.map((summary, i) => ({ at: 0, kind: i % 2 === 0 ? 'held' : 'opened', summary, evidence })),
          members: texts.map((rule) => ({ rule, entity: rule, joinedBecause: evidence })),
          url: null,
        }),
      );
    }),
  );
});
