import { describe, expect, it } from 'vitest';
import { type DomainFacts, domainOf } from '../../../src/correlate/domain.ts';
import type { Domain } from '../../../src/model/severity.ts';
import { labels } from './scenario.ts';

function facts(alertname: string, given: Partial<DomainFacts> = {}): DomainFacts {
  return { labels: labels({ alertname }), annotations: new Map(), entity: null, sourceLink: '', before: null, ...given };
}

/** An alert whose name tells nothing, of a rule with this expression. */
function reading(expression: string): DomainFacts {
  return facts('Rule17', { sourceLink: `http://p/graph?g0.expr=${encodeURIComponent(expression)}&g0.tab=1` });
}

/** An alert whose name tells nothing, with these labels. */
function labelled(more: Record<string, string>): DomainFacts {
  return facts('Rule17', { labels: labels({ alertname: 'Rule17', ...more }) });
}

function summed(summary: string): DomainFacts {
  return facts('Rule17', { annotations: labels({ summary }) });
}

describe('the domain of an alert', () => {
  it.each<[string, DomainFacts, Domain]>([
    ['a card that reports an Xid', facts('GpuXidErrors', { entity: 'gpu/GPU-1' }), 'infra'],
    ['a full disk of a database', facts('DiskFull', { entity: 'node/pg-1' }), 'infra'],
    ['stale features', facts('FeatureFreshnessLow', { entity: 'feature/user_ctr' }), 'data'],
    ['prediction drift', facts('PredictionDrift', { entity: 'model/ranker' }), 'model'],
    ['an error budget', facts('ErrorBudgetBurn', { entity: 'service/search' }), 'application'],
    ['revenue', facts('RevenueLow', { entity: 'kpi/revenue' }), 'business'],
    ['a summary in prose', summed('Checkout orders fell by half'), 'business'],
    ['a title in prose', facts('Rule17', { annotations: labels({ title: 'The disk is almost full' }) }), 'infra'],
    ['a description alone', facts('Rule17', { annotations: labels({ description: 'Consumer lag of the group grows' }) }), 'data'],
    ['nothing that tells', facts('Rule17'), 'unknown'],
  ])('%s', (_case, given, domain) => {
    expect(domainOf(given, []).domain).toBe(domain);
  });

  it.each<[string, string, Domain]>([
    ['of node_exporter', 'node_filesystem_avail_bytes < 1e9', 'infra'],
    ['of DCGM', 'DCGM_FI_DEV_XID_ERRORS > 0', 'infra'],
    ['of the API server, though it is a budget of errors', 'sum(apiserver_request:burnrate1h) > 14.4 * 0.01', 'infra'],
    ['of Kafka', 'sum by (consumergroup) (kafka_consumergroup_lag) > 1000', 'data'],
    ['of Airflow', 'increase(airflow_dagrun_duration_failed_count[5m]) > 0', 'data'],
    ['of vLLM', 'vllm:num_requests_waiting > 10', 'model'],
    ['of a home-made drift job', 'model_prediction_drift_score > 0.25', 'model'],
    ['of HTTP with server errors', 'sum(rate(http_requests_total{code=~"5.."}[5m])) > 1', 'application'],
    ['of spend at a gateway for models', 'litellm_spend_metric > 100', 'business'],
    ['of hourly cost, though of nodes', 'sum(node_total_hourly_cost) > 50', 'business'],
    ['of the GPUs of a model server', 'nv_gpu_utilization > 0.99', 'infra'],
    ['of a recording rule', 'instance:node_cpu_utilisation:rate5m > 0.9', 'infra'],
    ['of a recording rule of a service level', 'slo:sli_error:ratio_rate5m > 0.01', 'application'],
    ['measured first, joined with the labels of pods', 'rate(vllm:request_success_total[5m]) * on (pod) group_left kube_pod_labels == 0', 'model'],
    ['only in a string, where none is', 'absent({job="kafka"})', 'unknown'],
  ])('is told by a metric %s', (_case, expression, domain) => {
    expect(domainOf(reading(expression), []).domain).toBe(domain);
  });

  it.each<[string, Domain]>([
    ['dag/daily', 'data'],
    ['feature_table/users', 'data'],
    ['Host/wrk-1', 'infra'],
    ['camera/dock-3', 'infra'],
    ['mlmodel/credit', 'model'],
    ['svc/search', 'application'],
    ['partner_kpi/on_time', 'business'],
    ['triton_server/a', 'model'],
    ['thing/x', 'unknown'],
    ['no kind', 'unknown'],
  ])('is told by the kind of its entity: %s', (entity, domain) => {
    expect(domainOf(facts('Rule17', { entity }), []).domain).toBe(domain);
  });

  it.each<[string, DomainFacts, Domain]>([
    ['the label of a DAG', labelled({ dag_id: 'x' }), 'data'],
    ['the label of a mount point', labelled({ mountpoint: '/data' }), 'infra'],
    ['the label of a model', labelled({ model_name: 'x' }), 'model'],
    ['the label of a service level', labelled({ slo: 'x' }), 'application'],
    ['the value of a scrape job', labelled({ job: 'node-exporter' }), 'infra'],
    ['the folder in Grafana', labelled({ grafana_folder: 'Finance KPIs' }), 'business'],
    ['labels that name no subject', labelled({ severity: 'page', cluster: 'kafka', env: 'prod' }), 'unknown'],
  ])('is hinted at by %s', (_case, given, domain) => {
    expect(domainOf(given, []).domain).toBe(domain);
  });

  it.each<[string, Domain]>([
    ['SchemaDrift', 'data'],
    ['FeatureDrift', 'model'],
    ['ClockDrift', 'infra'],
    ['ConfigDrift', 'infra'],
    ['ErrorBudgetBurn', 'application'],
    ['MonthlyBudgetExceeded', 'business'],
    ['TrainingCheckpointOld', 'model'],
    ['FlinkCheckpointFailed', 'data'],
    ['FeatureStale', 'data'],
    ['ModelStale', 'model'],
    ['SomethingIsStill', 'unknown'],
    ['KvCacheFull', 'model'],
    ['CacheHitRateLow', 'data'],
    ['TrainingLossSpike', 'model'],
    ['PacketLoss', 'infra'],
    ['DataLoss', 'data'],
    ['ModelRegistryDown', 'model'],
    ['ContainerRegistryDown', 'infra'],
    ['GarbageCollectionSlow', 'application'],
    ['EventLoopLag', 'application'],
    ['ConsumerLag', 'data'],
    ['OutOfOrderSamples', 'infra'],
    ['OrdersDropped', 'business'],
    ['TradingVolumeLow', 'business'],
    ['PersistentVolumeFull', 'infra'],
    ['GPUCostHigh', 'business'],
    ['AuthTokenRejected', 'application'],
    ['TokensPerSecondLow', 'model'],
    ['PodDisruptionBudgetAtLimit', 'infra'],
    ['RecordingRuleSlow', 'infra'],
  ])('is not misled by a word of the name %s', (alertname, domain) => {
    expect(domainOf(facts(alertname), []).domain).toBe(domain);
  });

  it.each<[string, DomainFacts, Domain]>([
    ['a full disk under a broker', facts('KafkaDiskFull', { labels: labels({ alertname: 'DiskFull', job: 'kafka' }) }), 'infra'],
    ['drift on a stream job', facts('PredictionDrift', { entity: 'pipeline/scoring' }), 'model'],
    [
      'server errors of a model server',
      facts('Http5xxErrorRate', { entity: 'service/scorer', labels: labels({ alertname: 'Http5xxErrorRate', job: 'seldon' }) }),
      'application',
    ],
    ['revenue that a model brings', facts('RevenuePerRecommendation', { entity: 'model/ranker' }), 'business'],
    ['freshness of a service', facts('FeatureFreshness', { entity: 'service/features' }), 'data'],
  ])('is that of the condition and not of the source: %s', (_case, given, domain) => {
    expect(domainOf(given, []).domain).toBe(domain);
  });

  it('is the earlier of two for which as much speaks', () => {
    expect(domainOf(facts('KafkaXid'), []).domain).toBe('infra');
    expect(domainOf(facts('KafkaDrift'), []).domain).toBe('data');
  });

  it('is what the first matching rule of the configuration says', () => {
    const rules = [
      { matches: () => false, domain: 'data' as const, source: 'team="data"' },
      { matches: () => true, domain: 'business' as const, source: 'team="shop"' },
    ];
    expect(domainOf(facts('GpuXidErrors', { before: 'infra' }), rules)).toEqual({
      domain: 'business',
      evidence: { kind: 'domain-rule', summary: 'the configuration says so for team="shop"' },
    });
  });

  it('stays what the very alert was known as', () => {
    expect(domainOf(facts('GpuXidErrors', { before: 'application' }), []).domain).toBe('application');
  });
});

describe('the evidence of a domain', () => {
  it('names the strongest reasons first, and the share of the winner', () => {
    const given = { ...reading('DCGM_FI_DEV_XID_ERRORS > 0'), labels: labels({ alertname: 'XidErrors' }) };
    expect(domainOf(given, []).evidence).toEqual({
      kind: 'domain-words',
      summary: 'its rule reads DCGM_FI_DEV_XID_ERRORS; its name says xid',
      value: 0.87,
    });
  });

  it('joins the reasons that stand in one place', () => {
    expect(domainOf(facts('KafkaConsumerLag'), []).evidence).toEqual({ kind: 'domain-words', summary: 'its name says kafka and consumer lag', value: 1 });
  });

  it('counts a word once, where it weighs most', () => {
    const once = domainOf(facts('KafkaErrors'), []).evidence;
    expect(domainOf(facts('KafkaErrors', { annotations: labels({ summary: 'Errors of Kafka', description: 'kafka' }) }), []).evidence).toEqual(once);
  });

  it('says when nothing tells', () => {
    expect(domainOf(facts('Rule17'), []).evidence).toEqual({ kind: 'domain-words', summary: 'nothing tells its domain', value: 0 });
  });

  it('repeats no more than sixty characters of a name', () => {
    const { summary } = domainOf(reading(`kafka_${'x'.repeat(500)} > 0`), []).evidence;
    expect(summary).toBe(`its rule reads kafka_${'x'.repeat(54)}`);
  });
});

describe('a hostile alert', () => {
  it('is classified all the same', () => {
    const text = 'aA(['.repeat(20_000);
    const given = facts(text, {
      annotations: labels({ summary: text, description: text }),
      sourceLink: `http://p/graph?g0.expr=${'%28%7B%22'.repeat(9000)}`,
      entity: `/${text}`,
    });
    expect(domainOf(given, []).domain).toBe('unknown');
  });
});
