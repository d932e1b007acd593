import { describe, expect, it } from 'vitest';
import { entityOf } from '../../../src/correlate/entity.ts';
import { EntityNames } from '../../../src/correlate/entity-names.ts';
import { labels } from './scenario.ts';

const named = (object: Readonly<Record<string, string>>): string | null => entityOf(labels({ alertname: 'X', severity: 'page', ...object }), []);

describe('the entity by the built-in table', () => {
  it.each<[string, Readonly<Record<string, string>>, string | null]>([
    ['node_exporter: the scraped machine', { job: 'node-exporter', instance: 'gpu-7:9100' }, 'node/gpu-7'],
    ['DCGM: the card before its host', { Hostname: 'gpu-7', gpu_uuid: 'GPU-1' }, 'gpu/GPU-1'],
    ['vLLM: the model before the pod that serves it', { model_name: 'ranker', pod: 'ranker-6c9f' }, 'model/ranker'],
    ['KServe: the inference service', { inferenceservice: 'ranker', pod: 'ranker-predictor-1' }, 'inferenceservice/ranker'],
    ['Kafka: the consumer group before its topic', { consumergroup: 'features', topic: 'clicks' }, 'consumergroup/features'],
    ['Airflow: the DAG', { dag_id: 'daily', task_id: 'load' }, 'dag/daily'],
    ['Feast: the feature view', { feature_view: 'user_ctr', project: 'ads' }, 'feature/user_ctr'],
    ['Grafana without data: the data source', { datasource_uid: 'P1', rulename: 'Latency' }, 'datasource/P1'],
    ['a pod on a node: the pod', { pod: 'ranker-6c9f', node: 'gpu-7' }, 'pod/ranker-6c9f'],
    ['a clash with the exporter: the exported label is the subject', { pod: 'exporter-1', exported_pod: 'ranker-6c9f' }, 'pod/ranker-6c9f'],
    ['a batch job, never the scrape job', { job: 'kube-state-metrics', job_name: 'train-42' }, 'job/train-42'],
    ['kube-state-metrics: its own address is no subject', { job: 'kube-state-metrics', instance: '10.0.0.9:8080' }, null],
    ['namespace, cluster and team name nothing', { namespace: 'serving', cluster: 'eu', team: 'ml' }, null],
    ['an empty label is none', { pod: '', node: 'gpu-7' }, 'node/gpu-7'],
  ])('%s', (_case, object, entity) => {
    expect(named(object)).toBe(entity);
  });
});

describe('configured kinds', () => {
  const kinds = [
    { kind: 'shop', labels: ['shop', 'store'] },
    { kind: 'node', labels: ['instance'] },
  ];

  it('come before the built-in ones, from the top', () => {
    expect(entityOf(labels({ store: 'berlin', instance: 'gpu-7:9100', model_name: 'ranker' }), kinds)).toBe('shop/berlin');
  });

  it('take the first of their labels that the alert carries', () => {
    expect(entityOf(labels({ shop: 'bonn', store: 'berlin' }), kinds)).toBe('shop/bonn');
  });

  it('take the value as it is, so that it matches the names of the graph', () => {
    expect(entityOf(labels({ instance: 'GPU-7.example.org:9100' }), kinds)).toBe('node/GPU-7.example.org:9100');
  });

  it('leave the rest to the built-in table', () => {
    expect(entityOf(labels({ model_name: 'ranker' }), kinds)).toBe('model/ranker');
  });
});

describe('an entity that the graph spells otherwise', () => {
  const kinds = [
    { kind: 'host', labels: ['fqdn', 'instance'] },
    { kind: 'mlmodel', labels: ['model'] },
    { kind: 'pod', labels: ['pod'] },
  ];
  const names = new EntityNames({
    declared: ['host/gpu-7.example.org', 'host/10.0.0.8', 'mlmodel/ranker', 'service/search', 'gpu/gpu-7/3'],
    configured: kinds,
  });
  const spelled = (object: Readonly<Record<string, string>>): string | null => entityOf(labels(object), kinds, names);

  it.each<[string, Readonly<Record<string, string>>, string]>([
    ['is taken as it is when the graph knows it so', { fqdn: 'gpu-7.example.org' }, 'host/gpu-7.example.org'],
    ['loses port and case', { instance: 'GPU-7.example.org:9100' }, 'host/gpu-7.example.org'],
    ['loses a domain that the graph leaves out, and the other way round', { fqdn: 'gpu-7' }, 'host/gpu-7.example.org'],
    ['may be an address', { instance: '10.0.0.8:9100' }, 'host/10.0.0.8'],
    ['may come from the built-in table', { hostname: 'gpu-7' }, 'host/gpu-7.example.org'],
    ['may be of a configured kind, though a label of the built-in table names it', { model_name: 'ranker' }, 'mlmodel/ranker'],
    ['is the workload of a pod', { pod: 'search-6c9f8d7b5-x2k4p' }, 'service/search'],
    ['is the place of a card whose serial number the graph does not know', { UUID: 'GPU-1', gpu: '3', Hostname: 'gpu-7' }, 'gpu/gpu-7/3'],
    ['stays as it is when the graph knows no spelling', { instance: 'GPU-9.example.org:9100' }, 'host/GPU-9.example.org:9100'],
  ])('%s', (_case, object, entity) => {
    expect(spelled(object)).toBe(entity);
  });
});
