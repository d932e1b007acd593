import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { notifyTest } from '../../../src/cli/message/notify-test.ts';
import { templateRender } from '../../../src/cli/message/template-render.ts';
import { type PagerDutyStandIn, startPagerDuty } from '../../stand-ins/pagerduty.ts';
import { startWebhook, type WebhookStandIn } from '../../stand-ins/webhook.ts';

const NOW = Date.parse('2026-03-01T10:00:00Z');
const KEY = '0123456789abcdef0123456789abcdef';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'winnow-test-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function configFile(receivers: string): string {
  const file = join(folder, 'winnow.yaml');
  writeFileSync(file, `route: {receiver: a}\nreceivers:\n${receivers}`);
  return file;
}

describe('winnow template render', () => {
  async function render(webhook: string, receiver = 'a') {
    const [out, err]: [string[], string[]] = [[], []];
    const config = configFile(
      `  - {name: a, console_configs: [{}], template: {title: 'P1 {{ title }}', fields: {Kpi: '{{ alerts[0].labels.kpi }}'}}}\n  - {name: b}\n`,
    );
    const status = await templateRender({
      configFile: config,
      receiver,
      webhook,
      env: {},
      now: NOW,
      out: (text) => void out.push(text),
      err: (line) => void err.push(line),
    });
    return { status, out: out.join(''), err };
  }

  it('shows what the receiver would be told of a webhook', async () => {
    const { status, out } = await render(readFileSync('examples/gpu-node-down.json', 'utf8'));
    expect(status).toBe(0);
    expect(out).toMatch(/CRITICAL {2}P1 /);
    expect(out).toMatch(/Kpi +checkout-conversion/);
  });

  it('says what is wrong with a receiver or a webhook', async () => {
    expect(await render('{}', 'c')).toMatchObject({ status: 1, err: ['there is no receiver "c"; receivers has "a", "b"'] });
    expect(await render('{}', 'b')).toMatchObject({ status: 1, err: ['"b" tells nobody'] });
    expect(await render('{}')).toMatchObject({ status: 1, err: [expect.stringContaining('not a webhook: /alerts must be an array')] });
    expect(await render('{')).toMatchObject({ status: 1, err: [expect.stringContaining('not a webhook: a webhook is an object')] });
  });
});

describe('winnow notify test', () => {
  let pagerduty: PagerDutyStandIn;
  let hook: WebhookStandIn;
  beforeEach(async () => {
    [pagerduty, hook] = await Promise.all([startPagerDuty(), startWebhook()]);
  });
  afterEach(() => Promise.all([pagerduty.close(), hook.close()]));

  async function send() {
    const lines: string[] = [];
    const config = configFile(
      `  - name: a\n    pagerduty_configs: [{routing_key: ${KEY}, url: "${pagerduty.url}"}]\n    webhook_configs: [{url: "${hook.url}"}]\n`,
    );
    const status = await notifyTest({
      configFile: config,
      receiver: 'a',
      env: {},
      now: NOW,
      out: (line) => void lines.push(line),
      err: (line) => void lines.push(line),
    });
    return { status, lines };
  }

  it('sends each place a message that says it is a test, and closes what it opened', async () => {
    expect(await send()).toEqual({
      status: 0,
      lines: [expect.stringMatching(/^pagerduty\/[\da-f]{8}: sent$/), expect.stringMatching(/^webhook\/127\.0\.0\.1:\d+\/[\da-f]{8}: sent$/)],
    });
    expect(pagerduty.incidents).toMatchObject([
      { status: 'resolved', payload: { severity: 'info', summary: expect.stringContaining('This is a test of the receiver a') } },
    ]);
    expect(hook.bodies).toMatchObject([{ receiver: 'a', alerts: [{ labels: { alertname: 'TestOfWinnow' } }] }]);
  });

  it('tells what was answered, without secrets', async () => {
    hook.failNext({ kind: 'status', status: 404, body: hook.url });
    const { status, lines } = await send();
    expect(status).toBe(1);
    expect(lines[1]).toMatch(/^webhook\/[^ ]+: refused, answered 404$/);
  });
});
