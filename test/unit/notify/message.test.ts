import { describe, expect, it } from 'vitest';
import { composeMessage } from '../../../src/notify/message.ts';
import { standingOf } from '../../../src/notify/message-alert.ts';
import { safeUrl } from '../../../src/notify/message-link.ts';
import { PLAIN_PART } from '../correlate/scenario.ts';
import { alert, gpuNodeDown, time, view } from './incident-view.ts';

describe('the line for a phone', () => {
  it('says what, how badly, the words of the alert, the cause and why, and how far it reaches', () => {
    expect(composeMessage(gpuNodeDown()).text).toBe(
      'Critical: GPUNodeNotReady on node/gpu-7. Node gpu-7 has not been ready for 2 minutes; 8 GPUs gone. ' +
        'Likely cause node/gpu-7 (first to fire, 40 s before the next). 11 of 12 alerts firing in infra, data, model, business',
    );
  });

  it('names the rule that speaks when the title is of another', () => {
    const shown = [alert({ rule: 'DiskFull' }, { annotations: { summary: '97 % used' } })];
    expect(composeMessage(view({ title: 'NodeDown on node/gpu-7' }, shown)).text).toBe('Critical: NodeDown on node/gpu-7. DiskFull: 97 % used. 1 alert firing');
  });

  it('names the rules that a data source without data blinds', () => {
    const blind = (rulename: string, fingerprint: string) =>
      alert({ rule: 'DatasourceNoData', fingerprint }, { labels: { rulename }, annotations: { summary: 'no data' } });
    const shown = [blind('High latency', 'a'), blind('Feature drift', 'b'), blind('High latency', 'c')];
    const told = composeMessage(view({ title: 'DatasourceNoData on datasource/prom', alertCount: 3, firingCount: 3 }, shown));
    expect(told.text).toBe('Critical: DatasourceNoData on datasource/prom. Blinds 2 rules: High latency, Feature drift. 3 alerts firing');
    expect(told.alerts.map(({ summary }) => summary)).toEqual([
      'blinds the rule High latency',
      'blinds the rule Feature drift',
      'blinds the rule High latency',
    ]);
    expect(composeMessage(view({ alertCount: 9, firingCount: 9 }, shown)).says).toBe('Blinds at least 2 rules: High latency, Feature drift');
  });

  it('says who has taken it on', () => {
    expect(composeMessage(view({ status: 'acknowledged', acknowledgedBy: 'anna' })).text).toMatch(/Acknowledged by anna$/);
  });

  it('says who has snoozed it until when, while it lasts', () => {
    const snoozed = { snoozedUntil: time('2026-03-01T09:00:00Z').ms, snoozedBy: '@ada' };
    expect(composeMessage(view(snoozed)).text).toMatch(/Snoozed by @ada until 2026-03-01T09:00:00Z$/);
    expect(composeMessage(view({ ...snoozed, snoozedBy: null })).text).toMatch(/Snoozed until 2026-03-01T09:00:00Z$/);
    expect(composeMessage(view({ ...snoozed, status: 'resolved', resolution: 'alerts' })).snoozed).toBe(null);
  });

  it('is short, whatever the alerts say', () => {
    const shown = [alert({ rule: 'R'.repeat(9000) }, { annotations: { summary: 'é'.repeat(9000) } })];
    expect(Array.from(composeMessage(view({ title: 'T'.repeat(9000) }, shown)).text).length).toBeLessThanOrEqual(500);
  });
});

describe('how an incident that is over is told', () => {
  const resolvedAt = time('2026-03-01T03:54:10Z').ms;

  it('says how long it lasted', () => {
    const told = composeMessage(view({ status: 'resolved', resolution: 'alerts', resolvedAt, alertCount: 12, firingCount: 0 }));
    expect(told.standing).toBe('Resolved after 42 min 10 s: all 12 alerts have cleared');
    expect(told.text).toBe('NodeDown on node/gpu-7. Resolved after 42 min 10 s: all 12 alerts have cleared');
  });

  it('names the person, and what still fires', () => {
    const told = composeMessage(view({ status: 'resolved', resolution: 'person', resolvedBy: 'anna', resolvedAt, alertCount: 12, firingCount: 2 }));
    expect(told.standing).toBe('Resolved by anna after 42 min 10 s, while 2 alerts still fire');
  });

  it('never speaks of a recovery when nothing was heard', () => {
    const told = composeMessage(view({ status: 'resolved', resolution: 'silence', resolvedAt, firingCount: 0 }));
    expect(told.standing).toBe('Closed after 42 min 10 s: not heard of since, and not known to have recovered');
    expect(told.recovered).toBe(false);
  });

  it('nor when the rule of its last alert was paused', () => {
    const told = composeMessage(view({ status: 'resolved', resolution: 'rule-paused', resolvedAt, firingCount: 0 }));
    expect(told.standing).toBe('Closed after 42 min 10 s: its rule was paused, and not known to have recovered');
  });

  it('nor of one of all alerts when another ended without it', () => {
    const alerts = [alert({ status: 'resolved' }), alert({ status: 'resolved', unrecovered: 'no-data' })];
    const told = composeMessage(view({ status: 'resolved', resolution: 'alerts', resolvedAt, alertCount: 2, firingCount: 0 }, alerts));
    expect(told.standing).toBe('Closed after 42 min 10 s: not all of its 2 alerts are known to have recovered');
    expect(told.alerts.map(standingOf)).toEqual(['cleared', 'ended']);
  });
});

describe('an incident whose alerts are silenced', () => {
  const hush = { count: 12, reason: 'silenced', because: 'silenced by ada until 2026-03-01T12:00:00Z: replacing the disk (silence s1)' } as const;

  it('says so, by whom and until when, once all that fire are', () => {
    expect(composeMessage(view({ alertCount: 12, firingCount: 12, hush })).standing).toBe(`12 alerts firing, all of them ${hush.because}`);
    expect(composeMessage(view({ alertCount: 12, firingCount: 12, hush: { ...hush, count: 11 } })).standing).toBe('12 alerts firing');
    expect(composeMessage(view({ alertCount: 1, firingCount: 1, hush: { ...hush, count: 1 } })).standing).toBe(`1 alert firing, ${hush.because}`);
  });
});

describe('what is affected', () => {
  it('is counted by domain from the machines up to the money, firing entities first', () => {
    expect(composeMessage(gpuNodeDown()).affected).toEqual([
      { domain: 'infra', severity: 'critical', alerts: 5, firing: 4, entities: ['node/gpu-7', 'pod/ranker-6c9f'], moreEntities: 0 },
      { domain: 'data', severity: 'warning', alerts: 2, firing: 2, entities: ['featureview/item_pop_1h', 'featureview/user_ctr_1h'], moreEntities: 0 },
      { domain: 'model', severity: 'critical', alerts: 4, firing: 4, entities: ['model/ranker'], moreEntities: 0 },
      { domain: 'business', severity: 'critical', alerts: 1, firing: 1, entities: ['kpi/revenue-per-search'], moreEntities: 0 },
    ]);
  });

  it('names four entities and counts the others; alerts without one are counted', () => {
    const part = { domain: 'model', severity: 'warning', firstAt: 0, lastAt: 0, fingerprint: '', rule: '', alerts: 1, firing: 1, ...PLAIN_PART } as const;
    const parts = [null, 'model/f', 'model/e', 'model/d', 'model/c', 'model/b', 'model/a'].map((entity) => ({ ...part, entity }));
    expect(composeMessage(view({ parts })).affected).toMatchObject([{ alerts: 7, entities: ['model/a', 'model/b', 'model/c', 'model/d'], moreEntities: 2 }]);
  });
});

describe('likely causes', () => {
  it('are at most three, each with its reasons', () => {
    const cause = {
      rank: 1,
      score: 0.714,
      entity: 'node/gpu-7',
      fingerprint: null,
      changeId: null,
      evidence: [{ kind: 'precedence', summary: 'first to fire' }],
    };
    const told = composeMessage(view({ rootCauses: [cause, cause, cause, cause] })).causes;
    expect(told).toHaveLength(3);
    expect(told[0]).toEqual({ entity: 'node/gpu-7', score: 0.71, alert: null, evidence: ['first to fire'] });
  });

  it('tell what their own alert says when it is not the first one shown anyway', () => {
    const shown = [
      alert({ fingerprint: 'worse' }),
      alert({ fingerprint: 'cause', rule: 'DiskSlow', severity: 'warning' }, { annotations: { summary: '900 ms a write' } }),
    ];
    const rootCauses = ['cause', 'worse'].map((fingerprint, i) => ({ rank: i + 1, score: 0.5, entity: 'node/a', fingerprint, changeId: null, evidence: [] }));
    expect(composeMessage(view({ rootCauses }, shown)).causes.map((cause) => cause.alert)).toEqual(['DiskSlow: 900 ms a write', null]);
  });
});

describe('an alert', () => {
  it('speaks by its summary, else its description, else its labels', () => {
    const shown = [
      alert({}, { annotations: { summary: 'short', description: 'long' } }),
      alert({}, { annotations: { summary: ' ', description: 'long' } }),
      alert({}, { labels: { severity: 'page', namespace: 'ml', pod: 'ranker-0' } }),
    ];
    expect(composeMessage(view({}, shown)).alerts.map(({ summary }) => summary)).toEqual(['short', 'long', 'namespace=ml, pod=ranker-0']);
  });
});

describe('links', () => {
  it('lead to runbook, dashboard, source and the incident, each place once', () => {
    const says = {
      annotations: { runbook: 'https://runbooks.example/node', dashboard: 'https://grafana.example/d/1' },
      links: { source: 'http://prometheus.example/graph', dashboard: 'https://grafana.example/d/2' },
    };
    expect(composeMessage(view({}, [alert({}, says), alert({}, says)], 'https://winnow.example')).links).toEqual([
      { kind: 'runbook', label: 'Runbook NodeDown', url: 'https://runbooks.example/node' },
      { kind: 'dashboard', label: 'Dashboard NodeDown', url: 'https://grafana.example/d/1' },
      { kind: 'source', label: 'Source NodeDown', url: 'http://prometheus.example/graph' },
      { kind: 'incident', label: 'Incident', url: 'https://winnow.example/#/incidents/01KJK5Z8R0QWERTY0123456789' },
    ]);
  });

  it("lead to Grafana's form that silences the first alert that fires, or to Alertmanager's with its labels filled in", () => {
    const grafana = { links: { silence: 'https://grafana.example/alerting/silence/new?matcher=a%3Db', alertmanager: 'https://am.example' } };
    const alertmanager = { labels: { zone: 'a"b&c d' }, links: { alertmanager: 'https://am.example/prefix/' } };
    const over = alert({ rule: 'Over', status: 'resolved' }, { links: grafana.links });
    expect(composeMessage(view({}, [over, alert({}, grafana), alert({ rule: 'Slow' }, alertmanager)])).links).toEqual([
      { kind: 'silence', label: 'Silence NodeDown', url: 'https://grafana.example/alerting/silence/new?matcher=a%3Db' },
    ]);
    expect(composeMessage(view({}, [alert({ rule: 'Slow' }, alertmanager)])).links).toEqual([
      {
        kind: 'silence',
        label: 'Silence Slow',
        url: 'https://am.example/prefix/#/silences/new?filter=%7Balertname%3D%22Slow%22%2Czone%3D%22a%5C%22b%26c%20d%22%7D',
      },
    ]);
  });

  it('are left out where the labels do not fit into one, or it would lead elsewhere than to a page', () => {
    for (const says of [
      { labels: { long: 'x'.repeat(1000) }, links: { alertmanager: 'https://am.example' } },
      { links: { alertmanager: 'javascript:alert(1)//' } },
      { labels: { half: '\ud83d' }, links: { alertmanager: 'no URL' } },
    ])
      expect(composeMessage(view({}, [alert({}, says)])).links).toEqual([]);
  });

  it("take Grafana's panel when no annotation names a dashboard", () => {
    const shown = [alert({}, { links: { panel: 'https://grafana.example/d/1?viewPanel=2', dashboard: 'https://grafana.example/d/1' } })];
    expect(composeMessage(view({}, shown)).links.map(({ url }) => url)).toEqual(['https://grafana.example/d/1?viewPanel=2']);
  });

  it('are http or https, and nothing else', () => {
    expect(['javascript:alert(1)', 'slack://channel?id=1', 'file:///etc/passwd', 'runbook/node', ''].map(safeUrl)).toEqual([null, null, null, null, null]);
  });

  it('cannot end early, and hold no credentials', () => {
    expect(safeUrl('https://user:pass@a.example/x|y>z?q=<b>"\'`&r=1')).toBe('https://a.example/x%7Cy%3Ez?q=%3Cb%3E%22%27%60&r=1');
  });

  it('are left out rather than cut when they are too long', () => {
    expect(safeUrl(`https://a.example/${'x'.repeat(2000)}`)).toBeNull();
  });
});

it('text of alerts is made plain wherever it comes from', () => {
  const evil = '\u001b[31m\u202eevil\u0000\n';
  const shown = [alert({ rule: evil, entity: `node/${evil}` }, { annotations: { summary: evil } })];
  const rootCauses = [{ rank: 1, score: 1, entity: evil, fingerprint: null, changeId: null, evidence: [{ kind: 'x', summary: evil }] }];
  const parts = [
    { entity: evil, domain: 'infra', severity: 'info', firstAt: 0, lastAt: 0, fingerprint: '', rule: '', alerts: 1, firing: 1, ...PLAIN_PART },
  ] as const;
  const told = composeMessage(view({ title: evil, status: 'acknowledged', acknowledgedBy: evil, rootCauses, parts }, shown));
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
  expect(JSON.stringify(told)).not.toMatch(/[\u0000-\u001f\u202e]|\\u00|\\n|\[31m/);
});
