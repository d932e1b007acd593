import { describe, expect, it } from 'vitest';
import { symptomOf } from '../../../src/correlate/symptom.ts';
import type { Symptom } from '../../../src/model/severity.ts';

// Names of rules as the mixins of Kubernetes, node_exporter, etcd and Kafka, awesome-prometheus-alerts and guides to watching models have them.
const PUBLISHED: readonly (readonly [Symptom, readonly string[]])[] = [
  [
    'own',
    [
      ...['KubeNodeNotReady', 'KubePodCrashLooping', 'KubeJobFailed', 'KubeletDown', 'CPUThrottlingHigh', 'KubernetesContainerOomKiller'],
      ...['NodeRAIDDegraded', 'NodeFilesystemSpaceFillingUp', 'NodeSystemSaturation', 'HostOutOfDiskSpace', 'HostOutOfMemory', 'HostHighCpuLoad'],
      ...['TargetDown', 'PrometheusTargetMissing', 'PostgresqlDown', 'RedisMissingMaster', 'etcdMembersDown', 'ElasticsearchHeapUsageTooHigh'],
    ],
  ],
  [
    'felt',
    [
      ...['KubeAPILatencyHigh', 'IstioHighRequestLatency', 'IstioHigh5xxErrorRate', 'LinkerdHighErrorRate', 'NginxLatencyHigh'],
      ...['KafkaLagKeepsIncreasing', 'KubeContainerWaiting', 'TraefikHighHttp4xxErrorRateService', 'etcdHighFsyncDurations'],
    ],
  ],
  [
    'client',
    [
      'KubeClientErrors',
      'CassandraClientRequestUnavailableWrite',
      'BlackboxProbeFailed',
      'BlackboxProbeHttpFailure',
      'PrometheusRemoteWriteBehind',
      'HaproxyRetryHigh',
    ],
  ],
  [
    'traffic',
    [
      ...['IstioHighTotalRequestRate', 'IstioLowTotalRequestRate', 'HostUnusualNetworkThroughputIn'],
      ...['PostgresqlTooManyConnections', 'RabbitmqTooManyConnections'],
    ],
  ],
  ['outcome', ['KubeAPIErrorBudgetBurn', 'ErrorBudgetBurnFast', 'DataDriftDetected', 'FeatureDriftDetected', 'ModelAccuracyDrop']],
];

describe('the symptom of a published rule', () => {
  it.each(PUBLISHED.flatMap(([symptom, rules]) => rules.map((rule) => [rule, symptom] as const)))('%s is %s', (rule, symptom) => {
    expect(symptomOf(rule, 'unknown')).toBe(symptom);
  });
});

describe('the symptom that a rule reports', () => {
  it('is an outcome for business figures, whatever the name', () => {
    expect(symptomOf('CheckoutDown', 'business')).toBe('outcome');
    expect(symptomOf('OrdersLatencyHigh', 'business')).toBe('outcome');
    expect(symptomOf('', 'business')).toBe('outcome');
  });

  it('is an effect that is felt when nothing tells', () => {
    expect(symptomOf('Rule17', 'application')).toBe('felt');
    expect(symptomOf('', 'unknown')).toBe('felt');
  });

  it('is the same however the name is spelled', () => {
    for (const rule of ['DiskFull', 'disk_full', 'disk-full', 'The disk is full!', 'DISK FULL', 'node:disk:full', 'HTTPDiskFull_p99']) {
      expect(symptomOf(rule, 'infra'), rule).toBe('own');
    }
  });

  it('is told by whole words', () => {
    expect(symptomOf('Countdown', 'application')).toBe('felt');
    expect(symptomOf('DownloadSpeed', 'application')).toBe('felt');
    expect(symptomOf('SlothGenerated', 'application')).toBe('felt');
  });

  it.each<[string, string, Symptom]>([
    ['the outcome before what it is made of', 'ErrorBudgetBurn', 'outcome'],
    ['who sees it before what is seen', 'ClientRequestsFailed', 'client'],
    ['trouble of its own before traffic', 'NetworkInterfaceDown', 'own'],
    ['traffic before what is felt', 'HighRequestRateAndLatency', 'traffic'],
  ])('is, of several that a name tells, %s', (_case, rule, symptom) => {
    expect(symptomOf(rule, 'application')).toBe(symptom);
  });

  it('is read from the first 200 characters, however long the name', () => {
    expect(symptomOf(`${'x'.repeat(190)} Down`, 'infra')).toBe('own');
    expect(symptomOf(`${'x'.repeat(200)} Down`, 'infra')).toBe('felt');
  });
});
