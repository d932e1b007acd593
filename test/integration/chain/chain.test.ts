// The whole chain on real parts: Prometheus evaluates a rule over a target, Alertmanager posts to Winnow with the Redis
// that it brings along, and stand-ins for Slack and PagerDuty see what people would.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { startPagerDuty } from '../../stand-ins/pagerduty.ts';
import { startSlack } from '../../stand-ins/slack.ts';
import { addsUp, incidentsOf, settledLedger } from '../service/rest-client.ts';
import { startService } from '../service/running-service.ts';
import { serviceConfig } from '../service/service-config.ts';
import { undoList } from '../service/undo.ts';
import { until } from '../service/until.ts';
import { startMonitoring } from './monitoring.ts';

const undo = undoList();

afterEach(() => undo.all());

describe('a target that goes down and comes back', () => {
  it('is one message in Slack, edited in the end, and one page that is triggered and resolved', { timeout: 90_000 }, async () => {
    const slack = await startSlack();
    undo.later(() => slack.close());
    const pagerDuty = await startPagerDuty();
    undo.later(() => pagerDuty.close());
    const dataDir = await mkdtemp(join(tmpdir(), 'winnow-chain-data-'));
    undo.later(() => rm(dataDir, { recursive: true, force: true }));
    const { url, close } = await startService({ dataDir, config: serviceConfig({ slack: slack.url, pagerDuty: pagerDuty.url }) });
    undo.later(close);
    const monitoring = await startMonitoring({ webhookUrl: `${url}/webhooks/alertmanager` });
    undo.later(() => monitoring.stop());

    const [open] = await until('the incident', async () => {
      const incidents = await incidentsOf(url);
      return incidents.length > 0 && incidents;
    });
    await until('both to be told', () => slack.messages.length === 1 && pagerDuty.incidents.length === 1);
    expect(open).toMatchObject({ status: 'open', severity: 'critical', domains: ['infra'], receivers: ['ml-oncall'], alertCount: 1 });
    expect(open?.alerts[0]).toMatchObject({
      status: 'firing',
      entity: 'node/gpu-7',
      labels: { alertname: 'TargetDown', instance: monitoring.instance, cluster: 'demo' },
    });
    expect(open?.rootCauses[0]).toMatchObject({ rank: 1, entity: 'node/gpu-7', fingerprint: open?.alerts[0]?.fingerprint });
    expect(open?.rootCauses[0]?.evidence.length).toBeGreaterThan(0);
    expect(slack.messages[0]?.text).toContain('TargetDown on node/gpu-7');
    expect(JSON.stringify(slack.messages[0]?.blocks)).toContain('https://runbooks.example/TargetDown');
    expect(pagerDuty.incidents[0]?.payload).toMatchObject({ severity: 'critical', source: 'node/gpu-7' });

    await monitoring.startTarget();
    await until('both to be told that it is over', () => slack.messages[0]?.edits === 1 && pagerDuty.incidents[0]?.status === 'resolved', 40_000);
    const ledger = await settledLedger(url, 2);
    expect([addsUp(ledger), ledger.notified]).toEqual([true, 2]);
    const [over, ...others] = await incidentsOf(url);
    expect([others, over?.id, over?.status]).toEqual([[], open?.id, 'resolved']);
    expect(slack.calls.map(({ method }) => method)).toEqual(['chat.postMessage', 'chat.update', 'chat.postMessage']);
    expect(pagerDuty.calls.map(({ event }) => [event?.['event_action'], event?.['dedup_key']])).toEqual([
      ['trigger', open?.id],
      ['resolve', open?.id],
    ]);
  });
});
