import { describe, expect, it } from 'vitest';
import type { TimelineEntry } from '../../../src/model/evidence.ts';
import { composeMessage } from '../../../src/notify/message.ts';
import { slackNews, slackUrgentNews } from '../../../src/notify/slack/news-blocks.ts';
import { faultOfBlocks } from '../../stand-ins/slack-limits.ts';
import { gpuNodeDown } from './incident-view.ts';

const entry = (kind: string, summary: string, because?: string): TimelineEntry => ({
  at: 0,
  kind,
  summary,
  evidence: because === undefined ? [] : [{ kind: 'x', summary: because }],
});

describe('the thread', () => {
  it('says what changed, line by line, and nothing of what was told or held', () => {
    const news = slackNews([
      entry('joined', 'FeatureStale on featureview/ctr joined it', 'depends on node/gpu-7'),
      entry('told', 'update sent to ml-oncall (slack/#ml)'),
      entry('held', 'X is held back until 10:00'),
      entry('fired-again', 'X fired again'),
      entry('ended', 'X ended'),
      entry('cause-changed', 'the likeliest cause is now node/gpu-8, no longer node/gpu-7', 'first to fire'),
      entry('acknowledged', 'acknowledged by @ada'),
      entry('flapping', 'DiskFull goes on and off; its swings are counted and not told'),
      entry('resolved', 'its last alert ended'),
    ]);
    expect(news?.text.split('\n')).toEqual([
      '➕ FeatureStale on featureview/ctr joined it',
      '🎯 The likeliest cause is now node/gpu-8, no longer node/gpu-7: first to fire',
      '👤 Acknowledged by @ada',
      '〰️ DiskFull goes on and off; its swings are counted and not told',
      '✅ Its last alert ended',
    ]);
    expect(news?.blocks).toEqual([{ type: 'section', text: { type: 'mrkdwn', text: news?.text, verbatim: true } }]);
  });

  it('stays silent when nothing changed that people want to hear', () => {
    expect(slackNews([entry('told', 'update sent'), entry('ended', 'X ended')])).toBe(null);
  });

  it('counts what it has no room for, and escapes what it names', () => {
    const news = slackNews(Array.from({ length: 5000 }, (_, i) => entry('joined', `<!channel> ${'x&'.repeat(300)} ${i} joined it`)));
    expect(faultOfBlocks(news?.blocks)).toBeNull();
    expect(JSON.stringify(news)).not.toContain('<!channel>');
    expect(JSON.stringify(news?.blocks)).toMatch(/_and \d+ more_/);
  });
});

describe('what must be told at once', () => {
  const said = (status: 'open' | 'acknowledged', entries: readonly TimelineEntry[], mention?: string) =>
    slackUrgentNews({ message: composeMessage(gpuNodeDown({ status })), incident: { status }, entries }, mention);

  it('says why it cannot wait, then what changed, then all in one line', () => {
    const joined = entry('joined', 'KubeletDown on node/gpu-8 joined it');
    expect(said('acknowledged', [joined]).text).toMatch(
      /^🔴 Critical, and the cause does not explain it: ➕ KubeletDown on node\/gpu-8 joined it\. Critical: GPUNodeNotReady on node\/gpu-7/,
    );
    expect(said('open', [entry('told', 'x')]).text).toMatch(/^🔴 Worse than it was\. Critical: /);
    expect(said('open', [entry('reopened', 'X fired again and reopened it')]).text).toMatch(/^🔴 Open again: 🔁 X fired again and reopened it\. Critical: /);
    expect(said('open', [joined]).blocks.map((block) => (block.type === 'section' ? block.text.text : block.type))).toEqual([
      '🔴 *Worse than it was*',
      '➕ KubeletDown on node/gpu-8 joined it',
      'context',
    ]);
  });

  it('calls whom the configuration names', () => {
    expect(said('open', [], '<!subteam^S1>').blocks.at(-1)).toEqual({ type: 'section', text: { type: 'mrkdwn', text: '<!subteam^S1>', verbatim: true } });
    expect(said('open', []).blocks).toHaveLength(2);
  });
});
