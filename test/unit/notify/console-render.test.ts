import { describe, expect, it } from 'vitest';
import { createConsoleIntegration } from '../../../src/notify/console/integration.ts';
import { renderMessage } from '../../../src/notify/console/render.ts';
import { composeMessage } from '../../../src/notify/message.ts';
import { alert, gpuNodeDown, time, view } from './incident-view.ts';

describe('a message in the terminal', () => {
  it('shows all that a person on call needs', () => {
    const text = renderMessage(composeMessage(gpuNodeDown()), { kind: 'trigger', color: false });
    expect(text.split('\n').slice(0, 12)).toEqual([
      '● CRITICAL  GPUNodeNotReady on node/gpu-7',
      '  since 2026-03-01T03:12:00Z · 11 of 12 alerts firing',
      '  Node gpu-7 has not been ready for 2 minutes; 8 GPUs gone',
      '',
      '  Likely causes',
      '    1. node/gpu-7  score 0.71',
      '       - first to fire, 40 s before the next',
      '       - 4 of the 5 other entities depend on it, by way of model/ranker',
      '    2. model/ranker  score 0.18',
      '       - model-promotion "ranker v41" 25 min before the first alert',
      '',
      '  Affected',
    ]);
    expect(text).toContain('    and 5 more\n');
    expect(text).toContain('    Runbook GPUNodeNotReady            https://runbooks.example.com/gpu-node-not-ready\n');
  });

  it('says in four lines that it is over', () => {
    const shown = gpuNodeDown({ status: 'resolved', resolution: 'alerts', firingCount: 0, resolvedAt: time('2026-03-01T03:54:10Z').ms });
    expect(renderMessage(composeMessage(shown), { kind: 'resolve', color: false })).toBe(
      [
        '○ RESOLVED  GPUNodeNotReady on node/gpu-7',
        '  Resolved after 42 min 10 s: all 12 alerts have cleared',
        '  likely cause node/gpu-7: first to fire, 40 s before the next',
        '  2026-03-01T03:12:00Z to 2026-03-01T03:54:10Z · incident 01KJK5Z8R0QWERTY0123456789',
        '',
      ].join('\n'),
    );
  });

  it('says until when it is snoozed, and by whom', () => {
    const shown = view({ snoozedUntil: time('2026-03-01T09:00:00Z').ms, snoozedBy: '@Ada' });
    expect(renderMessage(composeMessage(shown), { kind: 'update', color: false })).toContain('\n  snoozed by @Ada until 2026-03-01T09:00:00Z\n');
  });

  it('tells a reminder from a first message', () => {
    expect(renderMessage(composeMessage(view()), { kind: 'reminder', color: false })).toMatch(/^● CRITICAL reminder {2}NodeDown/);
  });

  it('has colours when asked, around words of our own', () => {
    expect(renderMessage(composeMessage(view()), { kind: 'trigger', color: true })).toContain('\u001b[1;31m● CRITICAL\u001b[0m  ');
  });

  it('lets no escape sequence through from an alert', () => {
    const evil = '\u001b[2J\u001b]8;;https://evil.example\u0007click\u009b31m';
    const shown = view({ title: evil }, [alert({ rule: evil, entity: evil, severity: 'warning' }, { annotations: { summary: evil } })]);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
    expect(renderMessage(composeMessage(shown), { kind: 'trigger', color: false })).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
  });

  it('writes a dollar sign of a summary as it is', () => {
    const text = renderMessage(composeMessage(view({}, [alert({}, { annotations: { summary: "lost $& and $' today" } })])), { kind: 'trigger', color: true });
    expect(text).toContain("  NodeDown  node/gpu-7  lost $& and $' today\n");
  });
});

it('the console integration writes once and always succeeds', async () => {
  const written: string[] = [];
  const console = createConsoleIntegration({ write: (text) => written.push(text), color: false });
  const request = { target: { kind: 'console' }, view: view(), kind: 'trigger', reference: {}, deliveryId: 'i~d', seq: 1, uncertain: false } as const;
  expect(await console.send(request)).toEqual({ kind: 'sent', reference: {} });
  expect(written).toHaveLength(1);
});
