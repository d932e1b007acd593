// Draws what Slack shows, from the real blocks, in Chromium: `npm run draw` writes docs/slack/*.png.

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeBulletin } from '../src/notify/bulletin-message.ts';
import { composeMessage } from '../src/notify/message.ts';
import { slackBody } from '../src/notify/slack/blocks.ts';
import { slackBulletin } from '../src/notify/slack/bulletin-blocks.ts';
import { slackButtons } from '../src/notify/slack/buttons.ts';
import { slackNews, slackUrgentNews } from '../src/notify/slack/news-blocks.ts';
import { gpuNodeDown } from '../test/unit/notify/incident-view.ts';

const CHROMIUM = process.env.CHROMIUM ?? 'chromium';
const OUT = new URL('../docs/slack/', import.meta.url).pathname;
const WIDTH = 760;

const at = (time) => Date.parse(`2026-03-01T${time}Z`);
const body = (view, mention = '') => slackBody(composeMessage(view), { buttons: slackButtons(view.incident), mention });
const held = (rule, entity, severity, reason, count, because, given = {}) => ({
  fingerprint: `${rule}${entity}`,
  rule,
  entity,
  severity,
  reason,
  incidentIds: [],
  count,
  firstAt: at('03:12:00'),
  lastAt: at('03:58:00'),
  because,
  ...given,
});
const several = (count, rule, kind, severity, reason, because, given) =>
  Array.from({ length: count }, (_, i) => held(rule, `${kind}-${i + 1}`, severity, reason, 1, because, given));

const trigger = gpuNodeDown();
const acknowledged = gpuNodeDown({ status: 'acknowledged', acknowledgedBy: '@ada', acknowledgedAt: at('03:20:00') });
const resolved = gpuNodeDown({ status: 'resolved', resolution: 'alerts', firingCount: 0, resolvedAt: at('03:54:10') });
const entry = (kind, summary, because) => ({ at: 0, kind, summary, evidence: because === undefined ? [] : [{ kind: 'x', summary: because }] });
const news = slackNews([
  entry('acknowledged', 'acknowledged by @ada'),
  entry('joined', 'FeatureStale on featureview/user_ctr_1h joined it'),
  entry('joined', 'PredictionDrift on model/ranker joined it'),
  entry('cause-changed', 'the likeliest cause is now node/gpu-7, no longer model/ranker', 'first to fire, 40 s before the next'),
]);
const urgent = slackUrgentNews({
  message: composeMessage(acknowledged),
  incident: acknowledged.incident,
  entries: [entry('joined', 'KafkaBrokerDown on broker/kafka-2 joined it')],
});
const digest = {
  kind: 'digest',
  over: false,
  more: 0,
  externalUrl: 'https://winnow.example.com',
  entries: [
    held('PodCrashLooping', 'pod/ranker-6c9f', 'warning', 'transient', 3, 'cleared by itself within 4 min 94 % of 212 times'),
    held('PodCrashLooping', 'pod/ranker-8a1d', 'warning', 'transient', 1, 'cleared by itself within 4 min 94 % of 212 times'),
    held('NodeDiskPressure', 'node/gpu-12', 'warning', 'flapping', 9, '9 changes in 30 min, usual 0.4'),
    held('RetrainingLoad', 'job/retrain-ranker', 'info', 'seasonal', 1, 'came at this hour on 19 of 21 days'),
  ],
};
const storm = {
  kind: 'storm',
  over: false,
  more: 212,
  externalUrl: 'https://winnow.example.com',
  entries: [
    ...several(148, 'PodNotReady', 'pod/serving', 'warning', 'storm', '160 alerts began within 5 min, usual 3', {}),
    ...several(61, 'FeatureStale', 'featureview/f', 'warning', 'storm', '160 alerts began within 5 min, usual 3', { outcome: 'ended' }),
    ...several(12, 'QueueDepthHigh', 'queue/q', 'info', 'storm', '160 alerts began within 5 min, usual 3', {}),
  ],
};

const pictures = {
  trigger: [{ body: body(trigger, '<!subteam^S012AB3CD>') }],
  update: [{ body: body(acknowledged) }, { body: news, thread: true }, { body: urgent, thread: true, broadcast: true }],
  resolved: [{ body: body(resolved) }, { body: slackNews([entry('resolved', 'its last alert ended')]), thread: true }],
  digest: [{ body: slackBulletin(composeBulletin(digest)) }],
  storm: [{ body: slackBulletin(composeBulletin(storm)) }],
};

/** Slack's mrkdwn as HTML; `&`, `<` and `>` of texts are escaped there as in HTML. */
function html(text) {
  return text
    .replace(/<!date\^\d+\^[^|]*\|([^>]*)>/g, (_, time) => new Date(time).toUTCString().replace(/^\w+, 0?(\d+) (\w+) \d+ (\d+:\d+).*/, '$2 $1, $3'))
    .replace(/<!subteam\^[^>]*>/g, '<span class="mention">@ml-oncall</span>')
    .replace(/<(https?:[^|>]*)\|([^>]*)>/g, '<a href="$1">$2</a>')
    .replace(/`([^`\n]+)`/g, '<code>$1</code>')
    .replace(/(^|\s)\*([^*\n]+)\*/g, '$1<b>$2</b>')
    .replace(/(^|\s)_([^_\n]+)_/g, '$1<i>$2</i>')
    .replace(/ {2,}/g, (spaces) => '&nbsp;'.repeat(spaces.length))
    .replaceAll('\n', '<br>');
}

function blockHtml(block) {
  switch (block.type) {
    case 'header':
      return `<h3>${block.text.text}</h3>`;
    case 'section':
      return `<p>${html(block.text.text)}</p>`;
    case 'context':
      return `<p class="context">${block.elements.map(({ text }) => html(text)).join(' ')}</p>`;
    case 'divider':
      return '<hr>';
    case 'actions':
      return `<div class="actions">${block.elements
        .map((each) =>
          each.type === 'button' ? `<button class="${each.style ?? ''}">${each.text.text}</button>` : `<button>${each.placeholder.text} ▾</button>`,
        )
        .join('')}</div>`;
  }
}

function messageHtml({ body: { blocks }, thread = false, broadcast = false }) {
  const where = thread ? `<div class="context">${broadcast ? 'replied to a thread, and to the channel' : 'in the thread'}</div>` : '';
  const head = '<div class="name"><b>winnow</b><span class="app">APP</span><span class="context">3:12</span></div>';
  return `<div class="message ${thread ? 'thread' : ''}"><div class="avatar">W</div><div>${head}${where}${blocks.map(blockHtml).join('')}</div></div>`;
}

const STYLE = `
body { margin: 0; padding: 14px 18px; font: 15px/1.46 Lato, "DejaVu Sans", sans-serif; color: #1d1c1d; background: #fff; width: ${WIDTH - 36}px; }
.message { display: grid; grid-template-columns: 44px 1fr; margin-bottom: 12px; } .thread { margin-left: 44px; border-left: 3px solid #ddd; padding-left: 10px; }
.avatar { width: 34px; height: 34px; border-radius: 5px; background: #243b53; color: #fff; font-weight: bold; display: grid; place-items: center; }
.app { font-size: 10px; background: #e8e8e8; color: #616061; border-radius: 2px; padding: 0 3px; margin: 0 6px; } .name { line-height: 1.2; }
h3 { font-size: 18px; margin: 6px 0 4px; } p { margin: 4px 0 8px; overflow-wrap: anywhere; } .context { font-size: 12px; color: #616061; }
hr { border: 0; border-top: 1px solid #ddd; } code { font: 12px "DejaVu Sans Mono", monospace; color: #e01e5a; background: #f8f8f8; border: 1px solid #ddd; border-radius: 3px; padding: 1px 3px; }
a { color: #1264a3; text-decoration: none; } .mention { background: #fdf3d1; color: #1264a3; border-radius: 3px; padding: 0 2px; }
.actions { margin: 6px 0; } button { font: bold 13px Lato, "DejaVu Sans", sans-serif; border: 1px solid #bbb; border-radius: 4px; background: #fff; padding: 5px 11px; margin: 0 7px 6px 0; } button.primary { background: #007a5a; border-color: #007a5a; color: #fff; }
`;

const SWITCHES = ['--headless=new', '--no-sandbox', '--disable-gpu', '--hide-scrollbars', '--force-device-scale-factor=1.5'];

const folder = mkdtempSync(join(tmpdir(), 'winnow-draw-'));
mkdirSync(OUT, { recursive: true });
try {
  for (const [name, messages] of Object.entries(pictures)) {
    const page = join(folder, `${name}.html`);
    const measure = '<script>document.title = Math.ceil(document.body.getBoundingClientRect().height)</script>';
    writeFileSync(page, `<!doctype html><meta charset="utf-8"><title></title><style>${STYLE}</style><body>${messages.map(messageHtml).join('')}${measure}`);
    const dom = execFileSync(CHROMIUM, [...SWITCHES, `--window-size=${WIDTH},800`, '--dump-dom', `file://${page}`], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const height = Number(/<title>(\d+)<\/title>/.exec(dom)?.[1] ?? 800);
    execFileSync(CHROMIUM, [...SWITCHES, `--window-size=${WIDTH},${height + 6}`, `--screenshot=${join(OUT, `${name}.png`)}`, `file://${page}`], {
      stdio: 'ignore',
    });
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
