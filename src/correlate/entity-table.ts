// Which labels of the usual exporters and platforms name what: data, tried from the top.

import type { EntityKind } from './policy.ts';

/**
 * The built-in kinds, the most telling first: what an alert is of before where it runs. It comes
 * after `topology.entities` of the configuration. `exported_*` are read first, since on a clash
 * the bare label is the exporter's own.
 */
export const BUILT_IN_KINDS: readonly EntityKind[] = [
  { kind: 'datasource', labels: ['datasource_uid'] },
  { kind: 'kpi', labels: ['kpi'] },
  { kind: 'feature', labels: ['feature_view', 'feature_table', 'feature_name', 'feature'] },
  { kind: 'model', labels: ['model_name', 'ModelName', 'model', 'requested_model', 'litellm_model_name', 'model_id'] },
  { kind: 'inferenceservice', labels: ['inferenceservice', 'label_serving_kserve_io_inferenceservice', 'seldon_deployment', 'deployment_name'] },
  { kind: 'dag', labels: ['dag_id'] },
  { kind: 'pipeline', labels: ['pipeline_name', 'dagster_job', 'flow_name', 'asset_name'] },
  { kind: 'table', labels: ['table', 'table_name', 'relation', 'relname', 'dataset', 'dataset_name'] },
  { kind: 'consumergroup', labels: ['consumergroup', 'consumer_group'] },
  { kind: 'topic', labels: ['topic'] },
  { kind: 'queue', labels: ['queue', 'queue_name'] },
  { kind: 'collection', labels: ['collection_name', 'collection'] },
  { kind: 'database', labels: ['datname', 'keyspace'] },
  { kind: 'spark', labels: ['spark_cluster', 'application_name'] },
  { kind: 'broker', labels: ['rabbitmq_cluster', 'strimzi_io_cluster'] },
  { kind: 'gpu', labels: ['gpu_uuid', 'UUID'] },
  { kind: 'volume', labels: ['exported_persistentvolumeclaim', 'persistentvolumeclaim'] },
  { kind: 'job', labels: ['hpc_job', 'exported_job_name', 'job_name', 'exported_job'] },
  { kind: 'cronjob', labels: ['cronjob'] },
  { kind: 'service', labels: ['exported_service', 'service_name', 'service', 'svc', 'destination_workload', 'application'] },
  { kind: 'workload', labels: ['deployment', 'statefulset', 'daemonset', 'created_by_name', 'owner_name'] },
  { kind: 'pod', labels: ['exported_pod', 'pod', 'pod_name'] },
  { kind: 'switch', labels: ['switch'] },
  { kind: 'node', labels: ['exported_node', 'node', 'nodename', 'Hostname', 'hostname', 'host'] },
  { kind: 'node', labels: ['exported_instance', 'instance'] },
];

/** Labels that name the exporter itself in the series of the jobs below. */
export const EXPORTER_LABELS: ReadonlySet<string> = new Set(['instance', 'service']);

/** Scrape jobs whose exporter speaks of others and is never what the alert is about. */
export const EXPORTER_JOBS: ReadonlySet<string> = new Set([
  'kube-state-metrics',
  'kafka-exporter',
  'kafka_exporter',
  'pushgateway',
  'prometheus',
  'alertmanager',
  'statsd-exporter',
  'cloudwatch-exporter',
]);
