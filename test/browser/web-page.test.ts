// The web page in a real browser, against a whole service.

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type RedisProcess, startRedis } from '../integration/service/redis-process.ts';
import { ask, type IncidentAnswer, incidentsOf } from '../integration/service/rest-client.ts';
import { startService } from '../integration/service/running-service.ts';
import { undoList } from '../integration/service/undo.ts';
import { nodeDown, postUntilAccepted, webhookBody } from '../integration/service/webhooks.ts';
import { type BrowserPage, type Chromium, startChromium } from './chromium.ts';

const CONFIG = `
route: {receiver: ml-oncall, group_wait: 0s}
receivers: [{name: ml-oncall, console_configs: [{}]}]
topology: {dependencies: [{from: service/ranker, to: [node/gpu-7]}]}
`;
const TOKENS = 'api: {tokens: [{name: wall, role: viewer, token: viewer-secret-0001}, {name: oncall, role: responder, token: responder-secret-01}]}';

const undo = undoList();
let chromium: Chromium;
let redis: RedisProcess;
let page: BrowserPage;
let url: string;

beforeAll(async () => {
  chromium = await startChromium();
});
afterAll(() => chromium?.close());
beforeEach(async () => {
  redis = await startRedis();
  undo.later(() => redis.remove());
  page = await chromium.newPage();
  undo.later(() => page.close());
});
afterEach(() => undo.all());

async function serve(config = CONFIG): Promise<void> {
  const service = await startService({ redisUrl: redis.url, config });
  undo.later(() => service.close());
  url = service.url;
}

const RANKER = { labels: { alertname: 'LatencyHigh', severity: 'warning', service: 'ranker' }, startsAt: '2026-03-01T10:00:05Z' };
const shows = (text: string, where = 'main') => `document.querySelector(${JSON.stringify(where)}).innerText.includes(${JSON.stringify(text)})`;

async function postIncident(): Promise<IncidentAnswer> {
  await postUntilAccepted(url, webhookBody([nodeDown('gpu-7'), RANKER]));
  let [incident] = await incidentsOf(url);
  while (incident === undefined) [incident] = await incidentsOf(url);
  return incident;
}

describe('the list', () => {
  it('shows what comes while it is looked at, and leads to it', async () => {
    await serve();
    await page.open(`${url}/`);
    await page.until(shows('Nothing is open.'));
    const { id } = await postIncident();
    await page.until(shows('NodeDown on node/gpu-7 and 1 more alert'));
    await page.until(shows('1 open: 1 critical', '#counts'));
    await page.until(shows('2 received', '#ledger'));
    expect(await page.evaluate('document.title')).toBe('(1) Winnow');
    await page.click('.incident a');
    await page.until(shows('Likely causes'));
    expect(await page.evaluate('location.hash')).toBe(`#/incidents/${id}`);
    expect(page.complaints).toEqual([]);
  });

  it('is filtered by what its address says, a typed matcher among it', async () => {
    await serve();
    await postIncident();
    await page.open(`${url}/#/?severity=info`);
    await page.until(shows('No incident is like that.'));
    await page.click('.filters > .choices a');
    await page.until(shows('NodeDown on node/gpu-7'));
    await page.click('.filters summary');
    await page.click('#matcher');
    await page.type('service="search"');
    await page.press('Enter');
    await page.until(shows('No incident is like that.'));
    await page.open(`${url}/#/?matcher=service%3D%22ranker%22`);
    await page.until(shows('NodeDown on node/gpu-7'));
    await page.open(`${url}/#/?matcher=%7B`);
    await page.until(shows('All that is not over'));
    expect(page.complaints).toEqual([]);
  });
});

describe('the page of an incident', () => {
  it('shows its cause, alerts and history at the address that messages lead to, also after a reload', async () => {
    await serve();
    const { id } = await postIncident();
    await page.open(`${url}/#/incidents/${id}`);
    await page.until(shows('the other entity with alerts depends on it', '#cause-1'));
    await page.evaluate('location.reload()');
    await page.until(shows('node/gpu-7', '#cause-1'));
    await page.until(shows('gpu-7 does not answer', '#domain-infra'));
    await page.until(shows('opened it', '.timeline'));
    await page.until(shows('ml-oncall by console', '.deliveries'));
    expect(page.complaints).toEqual([]);
  });

  it('acknowledges, snoozes, takes a word on the cause, and resolves on the second press, as whom the person says', async () => {
    await serve();
    const { id } = await postIncident();
    await page.open(`${url}/#/incidents/${id}`);
    await page.click('#by');
    await page.type('ada');
    await page.click('#acknowledge');
    await page.until(shows('acknowledged by ada'));
    await page.click('#snooze-4');
    await page.until(shows('snoozed by ada, ends in 3 h 59 min'));
    await page.click('#wrong-1');
    await page.until(shows('Noted', '#notice'));
    await page.until(`!(${shows('node/gpu-7', '#cause-1')})`);
    await page.click('#resolve');
    await page.until(shows('press again', '#resolve'));
    expect((await ask<IncidentAnswer>(url, `/api/v1/incidents/${id}`)).status).toBe('acknowledged');
    await page.click('#resolve');
    await page.until(shows('resolved just now'));
    expect(await ask(url, `/api/v1/incidents/${id}`)).toMatchObject({ status: 'resolved', acknowledgedBy: 'ada' });
    expect(page.complaints).toEqual([]);
  });

  it('keeps what a person types and unfolds while it changes', async () => {
    await serve();
    const { id } = await postIncident();
    await page.open(`${url}/#/incidents/${id}`);
    await page.click('#domain-infra summary');
    await page.click('#comment');
    await page.type('replacing the');
    await postUntilAccepted(url, webhookBody([nodeDown('gpu-7', { labels: { alertname: 'DiskFailing', severity: 'critical', node: 'gpu-7' } })]));
    await page.until(shows('DiskFailing', '#domain-infra'));
    await page.type(' disk');
    expect(await page.evaluate('[document.activeElement.id, document.activeElement.value]')).toEqual(['comment', 'replacing the disk']);
    expect(await page.evaluate('document.querySelectorAll("#domain-infra details[open]").length')).toBe(1);
  });
});

describe('what alerts say', () => {
  it('is never run', async () => {
    await serve();
    const script = '"><img src=x onerror="document.title=1"><script>alert(1)</script><svg onload=alert(2)>\u202e';
    const annotations = { summary: script, description: script, runbook_url: 'javascript:alert(3)', dashboard_url: `https://example.com/${script}` };
    await postUntilAccepted(url, webhookBody([{ labels: { alertname: script, node: script, [`x`]: script, severity: 'critical' }, annotations }]));
    await page.open(`${url}/`);
    await page.until(shows('onerror', '.incident'));
    await page.click('.incident a');
    await page.until(shows('onerror', '#main .alert .summary'));
    expect(await page.evaluate('document.querySelectorAll("main img, main script, main svg[onload], main [onerror]").length')).toBe(0);
    expect(await page.evaluate('[...document.querySelectorAll("main a")].filter(({ protocol }) => !/^https?:$/.test(protocol)).length')).toBe(0);
    expect(page.complaints).toEqual([]);
  });

  it('could not be run if it were a script: the policy refuses what is inline', async () => {
    await serve();
    await page.open(`${url}/`);
    await page.evaluate('void document.addEventListener("securitypolicyviolation", () => { window.refused = true; })');
    await page.evaluate('void (document.body.insertAdjacentHTML("beforeend", "<img id=bad src=x onerror=\'window.ran = true\'>"))');
    await page.until('document.querySelector("#bad").complete && window.refused');
    expect(await page.evaluate('window.ran === undefined')).toBe(true);
    expect(page.complaints.join()).toContain('Content Security Policy');
  });
});

describe('a token', () => {
  it('is asked for, kept out of every address, and said to be too little', async () => {
    await serve(`${CONFIG}${TOKENS}`);
    await postUntilAccepted(url, webhookBody([nodeDown('gpu-7')]));
    await page.open(`${url}/`);
    await page.until(shows('a token is needed'));
    await page.click('#token');
    await page.type('viewer-secret-0001');
    await page.press('Enter');
    await page.until(shows('NodeDown on node/gpu-7'));
    await page.click('.incident a');
    await page.until('document.querySelector("#acknowledge") && !document.querySelector("#by")');
    await page.click('#acknowledge');
    await page.until(shows('the token "wall" has the role viewer; this needs responder or admin', '#notice'));
    expect(
      await page.evaluate('performance.getEntriesByType("resource").some(({ name }) => name.includes("secret")) || location.href.includes("secret")'),
    ).toBe(false);
    expect(await page.evaluate('JSON.stringify(localStorage)')).not.toContain('secret');
    expect(page.complaints).toEqual([]);
  });
});
