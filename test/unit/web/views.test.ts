import { describe, expect, it } from 'vitest';
import { NO_FILTER } from '../../../web/filter.ts';
import { incidentListHtml, incidentRow } from '../../../web/incident-list.ts';
import { worstFirst } from '../../../web/incident-order.ts';
import { incidentPageHtml } from '../../../web/incident-page.ts';
import { countsHtml, countsOf, ledgerHtml, windowTitle } from '../../../web/summary.ts';
import { suppressionListHtml } from '../../../web/suppression-list.ts';
import { alert, cause, delivery, entry, incident, NOON, suppression, textOf } from './documents.ts';

describe('the list', () => {
  it('has the worst first, and of these the newest', () => {
    const at = (id: string, severity: 'critical' | 'warning' | 'info', startsAt: string) => incident({ id, severity, startsAt });
    const order = worstFirst([
      at('1', 'info', '2026-03-01T11:59:00Z'),
      at('2', 'critical', '2026-03-01T10:00:00Z'),
      at('3', 'warning', '2026-03-01T11:30:00Z'),
      at('4', 'critical', '2026-03-01T11:00:00Z'),
      at('5', 'critical', '2026-03-01T11:00:00Z'),
    ]);
    expect(order.map(({ id }) => id)).toEqual(['5', '4', '2', '3', '1']);
  });

  it('says of an incident what it is, since when, where, its cause and whom it goes to', () => {
    expect(textOf(incidentRow(incident({ alertCount: 12, domains: ['infra', 'model'] }), NOON))).toBe(
      'critical open DiskFailing on node/gpu-7 likely cause node/gpu-7 0.71 first to fire, 40 s before the next 12 min ago 12 alerts infra model to ml-oncall',
    );
  });

  it('says who has it in hand, and until when it is snoozed', () => {
    const held = incident({ status: 'acknowledged', acknowledgedBy: 'ada', snoozedUntil: '2026-03-01T13:00:00Z', rootCauses: [] });
    expect(textOf(incidentRow(held, NOON))).toBe(
      'critical acknowledged DiskFailing on node/gpu-7 12 min ago 1 alert infra to ml-oncall by ada snoozed, ends in 1 h',
    );
  });

  it('says that nothing is open, and offers more where there is more', () => {
    const list = (given: object) => incidentListHtml({ filter: NO_FILTER, incidents: [], more: false, now: NOON, ...given });
    expect(textOf(list({}))).toContain('Nothing is open.');
    expect(textOf(list({ filter: { ...NO_FILTER, severity: ['info'] } }))).toContain('No incident is like that.');
    expect(list({}).markup).not.toContain('data-action="more"');
    expect(list({ more: true }).markup).toContain('data-action="more"');
  });
});

describe('the heading', () => {
  it('counts what is open', () => {
    const counts = countsOf([incident(), incident(), incident({ severity: 'info' }), incident({ status: 'acknowledged' })], false);
    expect(textOf(countsHtml(counts))).toBe('3 open : 2 critical, 1 info · 1 acknowledged');
    expect([windowTitle(counts), windowTitle({ ...counts, more: true }), windowTitle(countsOf([], false))]).toEqual(['(3) Winnow', '(3+) Winnow', 'Winnow']);
    expect(textOf(countsHtml(countsOf([], false)))).toBe('0 open');
  });

  it('shows that the ledger adds up', () => {
    const ledger = ledgerHtml({
      received: 240,
      notified: 61,
      pending: 4,
      suppressed: 12,
      duplicate: 162,
      failed: 1,
      suppressedByReason: { flapping: 2, transient: 10 },
    });
    expect(textOf(ledger)).toBe('240 received = 61 notified + 4 pending + 12 suppressed + 162 duplicate + 1 failed');
    expect(ledger.markup).toContain('title="2 flapping, 10 transient"');
  });
});

describe('the page of an incident', () => {
  const page = (given: object = {}, around: object = {}) =>
    incidentPageHtml({ incident: incident(given), timeline: [entry()], deliveries: [delivery()], whole: new Set(), asksWho: true, now: NOON, ...around });

  it('shows causes with what speaks for them, the unlikely ones folded', () => {
    const causes = [
      cause(),
      cause({ rank: 2, score: 0.2, entity: 'service/a', fingerprint: null }),
      cause({ rank: 3, score: 0.004, entity: 'model/b', changeId: 'deploy-1' }),
    ];
    const { markup } = page({ rootCauses: causes });
    expect(textOf({ markup })).toContain('0.71 node/gpu-7 DiskFailing Right Wrong first to fire, 40 s before the next 0.20 service/a has no alert of its own');
    expect(markup.indexOf('1 less likely')).toBeLessThan(markup.indexOf('model/b'));
    expect(markup).toContain('change <code>deploy-1</code>');
  });

  it('shows alerts by domain: those that fire first, with their links and why each joined', () => {
    const alerts = [
      alert({ fingerprint: 'c', status: 'resolved', endsAt: '2026-03-01T11:58:00Z', labels: { alertname: 'Ended' } }),
      alert({
        fingerprint: 'b',
        labels: { alertname: 'Late' },
        startsAt: '2026-03-01T11:48:40Z',
        occurrences: 3,
        flapping: true,
        links: { source: 'http://prometheus/graph' },
        annotations: { runbook_url: 'javascript:alert(1)', dashboard_url: 'https://grafana.example/d' },
        joinedBecause: [{ kind: 'topology', summary: 'it depends on node/gpu-7', value: 0.8 }],
      }),
      alert({ fingerprint: 'a', labels: { alertname: 'First' } }),
      alert({ fingerprint: 'd', domain: 'model', labels: { alertname: 'Model' }, entity: null }),
    ];
    const text = textOf(page({ alerts, alertCount: 4 }));
    expect(text).toContain('infra 2 of 3 alerts firing');
    expect(text).toContain('Late node/gpu-7 flapping +40 s since 12 min ago fired 3 times Dashboard Source joined: it depends on node/gpu-7');
    expect(text).not.toContain('Runbook');
    expect(['First', 'Late', 'Ended', 'Model'].map((name) => text.indexOf(`${name} `)).every((at, i, all) => at > (all[i - 1] ?? 0))).toBe(true);
  });

  it('shows twenty alerts of a domain until more are asked for', () => {
    const alerts = Array.from({ length: 33 }, (_, i) => alert({ fingerprint: `f${i}` }));
    const shown = (whole: string[]) => page({ alerts }, { whole: new Set(whole) }).markup.split('class="alert firing"').length - 1;
    expect([shown([]), shown(['infra'])]).toEqual([20, 33]);
    expect(textOf(page({ alerts }))).toContain('Show 13 more');
  });

  it('shows what happened, the newest first, and who was told', () => {
    const timeline = [entry(), entry({ at: '2026-03-01T11:55:00Z', summary: 'acknowledged by ada', evidence: [{ kind: 'x', summary: 'she said so' }] })];
    const told = [
      delivery(),
      delivery({ integration: 'pagerduty', status: 'failed', sentAt: null, due: { at: '2026-03-01T12:01:00Z', kind: 'update' }, lastError: '401' }),
    ];
    const text = textOf(page({}, { timeline, deliveries: told }));
    expect(text).toContain('5 min ago acknowledged by ada she said so 12 min ago DiskFailing on node/gpu-7 opened it');
    expect(text).toContain('ml-oncall by slack: sent , told 11 min ago ml-oncall by pagerduty: failed , next update in 1 min 401');
  });

  it('offers what can be done', () => {
    const actions = (given: object, around: object = {}) =>
      [...page(given, around).markup.matchAll(/<button[^>]* data-action="(\w+)"/g)].map(([, action]) => action);
    expect(actions({ rootCauses: [] })).toEqual(['acknowledge', 'resolve', 'snooze', 'snooze', 'snooze']);
    expect(actions({ rootCauses: [], status: 'acknowledged' })).toEqual(['resolve', 'snooze', 'snooze', 'snooze']);
    expect(actions({ rootCauses: [], status: 'resolved' })).toEqual([]);
    expect(page().markup).toContain('name="by"');
    expect(page({}, { asksWho: false }).markup).not.toContain('name="by"');
    expect(textOf(page({ mergedInto: '01X' }))).toContain('It goes on as 01X');
    expect(textOf(page({ snoozedUntil: '2026-03-01T13:00:00Z', snoozedBy: 'bob' }))).toContain('snoozed by bob, ends in 1 h');
  });
});

describe('what is held back', () => {
  it('stands with its reason, evidence and end, what lasts first', () => {
    const text = textOf(suppressionListHtml([suppression({ outcome: 'untold', reason: 'rule', rule: 'night' }), suppression()], false, NOON));
    expect(text).toBe(
      'Held back now 1 transient DiskFailing its incident held back since 2 min ago judged anew in 4 min 97 % of its own episodes cleared within 6 min node="gpu-7" ' +
        'Held back lately rule DiskFailing by the rule night its incident ended, nobody was told since 2 min ago until in 4 min 97 % of its own episodes cleared within 6 min node="gpu-7"',
    );
  });
});
