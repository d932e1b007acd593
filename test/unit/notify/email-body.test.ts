import { describe, expect, it } from 'vitest';
import { composeBulletin } from '../../../src/notify/bulletin-message.ts';
import { emailBody, emailBulletin } from '../../../src/notify/email/body.ts';
import type { IncidentView } from '../../../src/notify/integration.ts';
import { composeMessage } from '../../../src/notify/message.ts';
import { entry } from '../correlate/bulletins.ts';
import { alert, gpuNodeDown, time, view } from './incident-view.ts';

const body = (shown: IncidentView, kind: 'trigger' | 'reminder' | 'resolve' = 'trigger') => emailBody(composeMessage(shown), kind);
const over = gpuNodeDown({ status: 'resolved', resolvedAt: time('2026-03-01T03:54:10Z').ms, resolution: 'alerts', firingCount: 0 });

describe('the subject', () => {
  it.each([
    ['[CRITICAL] GPUNodeNotReady on node/gpu-7 (11 of 12 alerts firing)', body(gpuNodeDown())],
    ['[CRITICAL, reminder] GPUNodeNotReady on node/gpu-7 (11 of 12 alerts firing)', body(gpuNodeDown(), 'reminder')],
    ['[Resolved] GPUNodeNotReady on node/gpu-7', body(over, 'resolve')],
  ])('is %s', (subject, { subject: actual }) => expect(actual).toBe(subject));

  it('is one line, whatever a label says', () => {
    expect(body(view({ title: 'a\r\nBcc: all@example.com' })).subject).toBe('[CRITICAL] a Bcc: all@example.com (1 alert firing)');
  });
});

describe('the HTML', () => {
  it('says what the text says: cause, reach, alerts, and where to look', () => {
    const { html, text } = body(gpuNodeDown());
    for (const said of ['first to fire, 40 s before the next', 'featureview/item_pop_1h', 'and 5 more', 'https://runbooks.example.com/gpu-node-not-ready']) {
      expect(html).toContain(said);
      expect(text).toContain(said);
    }
  });

  it('says until when it is snoozed, and by whom', () => {
    const snoozed = body(view({ snoozedUntil: time('2026-03-01T09:00:00Z').ms, snoozedBy: '<ada>' }));
    expect(snoozed.html).toContain('>Snoozed by &lt;ada&gt; until 2026-03-01T09:00:00Z<');
    expect(snoozed.text).toContain('snoozed by <ada> until 2026-03-01T09:00:00Z');
  });

  it('of what is over is short', () => {
    expect(body(over, 'resolve').html).toContain('Resolved after 42 min 10 s: all 12 alerts have cleared');
    expect(body(over, 'resolve').html).not.toContain('PredictionDrift');
  });

  it('lets no text of an alert be markup', () => {
    const hostile = `<img src=x onerror="alert('1')">&`;
    const { html } = body(
      view({ title: hostile }, [alert({ rule: hostile, entity: hostile }, { annotations: { summary: hostile, runbook_url: 'https://a.example/"><script>' } })]),
    );
    expect(html).not.toMatch(/<img|<script|onerror="/);
    expect(html).toContain('&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;');
  });
});

it('a digest is one e-mail', () => {
  const { subject, html, text } = emailBulletin(
    composeBulletin({ kind: 'digest', entries: [entry()], more: 0, over: false, externalUrl: 'https://w.example' }),
  );
  expect(subject).toMatch(/^\[Winnow\] Held back: 1 alert of 1 rule \(2026-03-01T/);
  for (const part of [html, text]) expect(part).toContain('DiskFull');
  expect(html).toContain('https://w.example/#/suppressions');
});
