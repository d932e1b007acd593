// Views of incidents for tests: a realistic one, and the means to make others.

import type { AlertDocument, Member } from '../../../src/model/alert.ts';
import type { Incident } from '../../../src/model/incident.ts';
import { parseTimestamp, type Timestamp } from '../../../src/model/time.ts';
import type { IncidentView, ViewedAlert } from '../../../src/notify/integration.ts';
import { PLAIN_PART } from '../correlate/scenario.ts';
import { plainIncident } from '../plain-records.ts';

/** A time that is known to be one. */
export function time(text: string): Timestamp {
  const read = parseTimestamp(text);
  if (read === null) throw new Error(`not a time: ${text}`);
  return read;
}

/** A member with everything that the test does not say. */
export function member(given: Partial<Member> = {}): Member {
  const startsAt = given.startsAt ?? time('2026-03-01T03:12:00Z');
  return {
    fingerprint: '791cec13fcba0368',
    status: 'firing',
    startsAt,
    lastStartsAt: startsAt,
    endsAt: null,
    occurrences: 1,
    rule: 'NodeDown',
    entity: 'node/gpu-7',
    domain: 'infra',
    severity: 'critical',
    joinedBecause: [],
    ...given,
  };
}

/** An alert as a view shows it. */
export function alert(
  given: Partial<Member> = {},
  says: { labels?: Record<string, string>; annotations?: Record<string, string>; links?: AlertDocument['links'] } = {},
): ViewedAlert {
  const shown = member(given);
  return {
    member: shown,
    document: {
      fingerprint: shown.fingerprint,
      labels: new Map(Object.entries({ alertname: shown.rule, ...says.labels })),
      annotations: new Map(Object.entries(says.annotations ?? {})),
      links: says.links ?? {},
      source: 'alertmanager',
    },
  };
}

/** A view of an open incident with one alert, changed as the test says. */
export function view(given: Partial<Incident> = {}, alerts: readonly ViewedAlert[] = [alert()], externalUrl: string | null = null): IncidentView {
  const startsAt = time('2026-03-01T03:12:00Z').ms;
  return {
    alerts,
    externalUrl,
    incident: {
      id: '01KJK5Z8R0QWERTY0123456789',
      title: 'NodeDown on node/gpu-7',
      receivers: ['ml-oncall'],
      ...plainIncident(startsAt),
      alertCount: alerts.length,
      firingCount: alerts.filter((shown) => shown.member.status === 'firing').length,
      urgentVersion: 1,
      ...given,
    },
  };
}

/** A GPU node is gone, and inference, features, a model and revenue suffer for it. */
export function gpuNodeDown(given: Partial<Incident> = {}): IncidentView {
  const prometheus = 'https://prometheus.example.com/graph?g0.expr=';
  const alerts = [
    alert(
      { fingerprint: '791cec13fcba0368', rule: 'GPUNodeNotReady', entity: 'node/gpu-7', startsAt: time('2026-03-01T03:12:00Z') },
      {
        annotations: { summary: 'Node gpu-7 has not been ready for 2 minutes; 8 GPUs gone', runbook_url: 'https://runbooks.example.com/gpu-node-not-ready' },
        links: { source: `${prometheus}kube_node_status_condition%7Bcondition%3D%22Ready%22%7D&g0.tab=1` },
      },
    ),
    alert(
      { fingerprint: '1f0c', rule: 'InferenceLatencyP99High', entity: 'model/ranker', domain: 'model', startsAt: time('2026-03-01T03:12:40Z') },
      {
        annotations: {
          summary: 'p99 latency of ranker is 2.4 s (limit 300 ms)',
          runbook_url: 'https://runbooks.example.com/inference-latency',
          dashboard_url: 'https://grafana.example.com/d/inference?var-model=ranker',
        },
        links: { source: `${prometheus}histogram_quantile(0.99,rate(latency_bucket[5m]))` },
      },
    ),
    alert(
      { fingerprint: '2b77', rule: 'RevenuePerSearchLow', entity: 'kpi/revenue-per-search', domain: 'business', startsAt: time('2026-03-01T03:31:00Z') },
      { annotations: { summary: 'Revenue per search is 18 % below the same hour last week' } },
    ),
    alert(
      {
        fingerprint: '3c11',
        rule: 'FeatureStale',
        entity: 'featureview/user_ctr_1h',
        domain: 'data',
        severity: 'warning',
        startsAt: time('2026-03-01T03:20:00Z'),
      },
      { annotations: { summary: 'user_ctr_1h was last written 21 minutes ago (limit 10)' } },
    ),
    alert(
      {
        fingerprint: '3c12',
        rule: 'FeatureStale',
        entity: 'featureview/item_pop_1h',
        domain: 'data',
        severity: 'warning',
        startsAt: time('2026-03-01T03:20:30Z'),
      },
      { annotations: { summary: 'item_pop_1h was last written 20 minutes ago (limit 10)' } },
    ),
    alert(
      {
        fingerprint: '4d01',
        rule: 'PredictionDrift',
        entity: 'model/ranker',
        domain: 'model',
        severity: 'warning',
        startsAt: time('2026-03-01T03:27:00Z'),
        occurrences: 3,
      },
      { annotations: { summary: 'PSI of ranker scores is 0.31 (limit 0.2)' } },
    ),
    alert(
      {
        fingerprint: '5e01',
        rule: 'PodCrashLooping',
        entity: 'pod/ranker-6c9f',
        status: 'resolved',
        endsAt: time('2026-03-01T03:24:00Z'),
        severity: 'warning',
      },
      { labels: { namespace: 'serving', pod: 'ranker-6c9f' } },
    ),
  ];
  const part = {
    severity: 'critical',
    firstAt: time('2026-03-01T03:12:05Z').ms,
    lastAt: time('2026-03-01T03:12:05Z').ms,
    fingerprint: '',
    rule: '',
    ...PLAIN_PART,
  } as const;
  return view(
    {
      title: 'GPUNodeNotReady on node/gpu-7',
      alertCount: 12,
      firingCount: 11,
      domains: ['infra', 'data', 'model', 'business'],
      parts: [
        { ...part, entity: 'node/gpu-7', domain: 'infra', alerts: 4, firing: 4 },
        { ...part, entity: 'pod/ranker-6c9f', domain: 'infra', severity: 'warning', alerts: 1, firing: 0 },
        { ...part, entity: 'featureview/user_ctr_1h', domain: 'data', severity: 'warning', alerts: 1, firing: 1 },
        { ...part, entity: 'featureview/item_pop_1h', domain: 'data', severity: 'warning', alerts: 1, firing: 1 },
        { ...part, entity: 'model/ranker', domain: 'model', alerts: 4, firing: 4 },
        { ...part, entity: 'kpi/revenue-per-search', domain: 'business', alerts: 1, firing: 1 },
      ],
      rootCauses: [
        {
          rank: 1,
          score: 0.71,
          entity: 'node/gpu-7',
          fingerprint: '791cec13fcba0368',
          changeId: null,
          evidence: [
            { kind: 'precedence', summary: 'first to fire, 40 s before the next', value: 40 },
            { kind: 'position', summary: '4 of the 5 other entities depend on it, by way of model/ranker', value: 4 },
          ],
        },
        {
          rank: 2,
          score: 0.18,
          entity: 'model/ranker',
          fingerprint: null,
          changeId: '01CHANGE',
          evidence: [{ kind: 'change', summary: 'model-promotion "ranker v41" 25 min before the first alert' }],
        },
      ],
      ...given,
    },
    alerts,
    'https://winnow.example.com',
  );
}
