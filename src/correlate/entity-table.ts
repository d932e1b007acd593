// Which labels of the usual exporters and platforms name what: data, tried from the top.

import type { EntityForm } from './entity-form.ts';
import type { SourceName } from './entity-sources.ts';

/** What a label can name: the part that it plays in an alert. Several parts may be of one kind. */
export type Role =
  | 'account'
  | 'api'
  | 'broker'
  | 'cluster-queue'
  | 'collection'
  | 'consumer-group'
  | 'cronjob'
  | 'dag'
  | 'database'
  | 'datasource'
  | 'destination'
  | 'endpoint'
  | 'feature'
  | 'feature-view'
  | 'gpu'
  | 'inferenceservice'
  | 'job'
  | 'job-queue'
  | 'kpi'
  | 'local-queue'
  | 'mig'
  | 'model'
  | 'model-id'
  | 'model-server'
  | 'nic'
  | 'node'
  | 'partition'
  | 'pipeline'
  | 'pod'
  | 'pool'
  | 'predictor'
  | 'queue'
  | 'ray-cluster'
  | 'replica'
  | 'requested-model'
  | 'seldon'
  | 'serve-deployment'
  | 'service'
  | 'source-workload'
  | 'spark'
  | 'store'
  | 'switch'
  | 'table'
  | 'topic'
  | 'uplinked-nic'
  | 'volume'
  | 'work-pool'
  | 'work-queue'
  | 'workload';

/** One line of the table. */
export interface EntityRow {
  readonly role: Role;
  /** The kind that stands before the `/`; the role when nothing is given. */
  readonly kind?: string;
  /** The labels that may give the name, the first that an alert carries winning; of each, `exported_…` is read before it. */
  readonly labels: readonly string[];
  /** How a value becomes a name; as it is when nothing is given. */
  readonly form?: EntityForm;
  /** The name stands behind that of another role, `gpu-7/3`, and without that one it names nothing. */
  readonly within?: Role;
  /** The sources in whose series alone the labels mean this. */
  readonly only?: readonly SourceName[];
  /** The sources in whose series they do not. */
  readonly not?: readonly SourceName[];
  /** The values that another label must have for it; '' stands for a label that is missing. */
  readonly when?: { readonly label: string; readonly values: readonly string[] };
  /** What the value must look like. */
  readonly values?: RegExp;
}

/** Sources whose `pod`, `service` and `app` are the exporter's own in every series. */
const OF_MACHINES: readonly SourceName[] = ['node', 'hardware', 'infiniband', 'slurm'];
const NO_MODELS: readonly SourceName[] = ['node', 'hardware', 'dcgm', 'cadvisor', 'dbt', 'mlflow'];
const VECTOR_STORES: readonly SourceName[] = ['milvus', 'qdrant', 'weaviate'];

/**
 * The built-in table, the most telling first: what an alert is of before where it runs. It comes after
 * `topology.entities` of the configuration. A label may stand in several lines.
 */
export const ENTITY_ROWS: readonly EntityRow[] = [
  { role: 'datasource', labels: ['datasource_uid'] },
  { role: 'kpi', labels: ['kpi', 'kpi_name', 'business_kpi'] },

  // Models, and what they are fed with
  { role: 'feature-view', kind: 'feature', labels: ['feature_view', 'feature_view_name', 'feature_table', 'feature_group'] },
  { role: 'model', labels: ['litellm_model_name', 'model_name', 'ModelName', 'served_model_name', 'model'], not: NO_MODELS },
  { role: 'requested-model', kind: 'model', labels: ['requested_model'] },
  { role: 'model-id', kind: 'model', labels: ['model_id'], only: ['litellm'] },
  { role: 'model', labels: ['model_id'], not: ['litellm', ...NO_MODELS] },
  { role: 'feature', labels: ['feature_name', 'feature'] },
  {
    role: 'inferenceservice',
    labels: ['inferenceservice', 'label_serving_kserve_io_inferenceservice', 'serving_kserve_io_inferenceservice', 'isvc'],
  },
  { role: 'predictor', labels: ['predictor_name'], within: 'seldon' },
  { role: 'seldon', labels: ['seldon_deployment', 'seldon_deployment_id', 'label_seldon_deployment_id'] },
  { role: 'seldon', labels: ['deployment_name'], only: ['seldon'] },
  { role: 'model-server', kind: 'modelserver', labels: ['server'], only: ['seldon-v2'] },

  // Data
  { role: 'dag', labels: ['dag_id', 'dag'] },
  { role: 'pipeline', labels: ['pipeline_name', 'dagster_job', 'flow_name', 'pipeline', 'workflow_template', 'workflow_name', 'workflow'] },
  { role: 'pipeline', labels: ['deployment_name'], only: ['prefect'] },
  { role: 'pipeline', labels: ['name'], only: ['argo'] },
  { role: 'table', labels: ['table', 'table_name', 'relation', 'relname', 'dataset', 'dataset_name', 'asset_name', 'dbt_model'] },
  { role: 'table', labels: ['model', 'model_name'], only: ['dbt'] },
  { role: 'table', labels: ['source'], only: ['dbt', 'quality'] },
  { role: 'consumer-group', kind: 'consumergroup', labels: ['consumergroup', 'consumer_group'] },
  { role: 'consumer-group', kind: 'consumergroup', labels: ['group', 'group_id'], only: ['kafka-exporter'] },
  { role: 'topic', labels: ['topic', 'kafka_topic'] },
  { role: 'topic', labels: ['name'], only: ['strimzi'], when: { label: 'kind', values: ['KafkaTopic'] } },
  { role: 'job-queue', kind: 'jobqueue', labels: ['queue_name', 'queue'], only: ['volcano'] },
  { role: 'queue', labels: ['queue', 'queue_name'], not: ['volcano'] },
  { role: 'collection', labels: ['collection_name', 'collection'] },
  { role: 'collection', labels: ['id'], only: ['qdrant'] },
  { role: 'collection', labels: ['class_name'], only: ['weaviate'] },
  { role: 'database', labels: ['datname', 'keyspace'] },
  { role: 'database', labels: ['db_name'], only: ['milvus'] },
  { role: 'spark', labels: ['spark_cluster', 'application_name'] },
  { role: 'spark', labels: ['app_name'], only: ['spark'] },
  { role: 'broker', labels: ['rabbitmq_cluster', 'strimzi_io_cluster', 'kafka_cluster'] },
  { role: 'broker', labels: ['name'], only: ['strimzi'], when: { label: 'kind', values: ['Kafka'] } },
  { role: 'broker', labels: ['pod', 'instance'], form: 'server', only: ['kafka-broker'] },
  { role: 'broker', labels: ['instance'], form: 'server', only: ['rabbitmq'] },
  { role: 'store', labels: ['cassandra_cluster'] },
  { role: 'store', labels: ['cluster'], only: ['cassandra-stats'] },
  { role: 'store', labels: ['server'], form: 'server', only: ['postgres'] },
  { role: 'store', labels: ['instance'], form: 'server', only: ['redis'] },
  { role: 'store', labels: ['pod'], form: 'workload', only: VECTOR_STORES },
  { role: 'store', labels: ['instance'], form: 'server', only: VECTOR_STORES },
  { role: 'pool', kind: 'pool', labels: ['pool_name', 'pool'], only: ['airflow'] },
  { role: 'work-queue', kind: 'workqueue', labels: ['work_queue_name'] },
  { role: 'work-pool', kind: 'workpool', labels: ['work_pool_name'] },

  // Cards, jobs and what they wait for
  { role: 'mig', labels: ['GPU_I_ID'], within: 'gpu' },
  { role: 'gpu', labels: ['UUID', 'gpu_uuid'] },
  { role: 'gpu', labels: ['gpu', 'uuid'], values: /^(GPU|MIG)-/ },
  { role: 'gpu', labels: ['uuid'], only: ['hardware'] },
  { role: 'gpu', labels: ['gpu', 'GpuIndex', 'gpu_index', 'gpu_id'], within: 'node', values: /^\d{1,3}$/ },
  { role: 'gpu', labels: ['device'], form: 'index', within: 'node', values: /^nvidia\d{1,3}$/ },
  { role: 'gpu', labels: ['pci_bus_id'], within: 'node' },
  { role: 'volume', labels: ['persistentvolumeclaim'] },
  { role: 'job', labels: ['hpc_job', 'job_name', 'volcano_job', 'slurm_job_name'] },
  { role: 'job', labels: ['job_id'], only: ['volcano'] },
  { role: 'job', labels: ['job'], only: ['push'], values: /^(?!.*pushgateway)/i },
  { role: 'job', labels: ['exported_job'], when: { label: 'job', values: [''] } },
  { role: 'job', labels: ['owner_name'], when: { label: 'owner_kind', values: ['Job'] } },
  { role: 'job', labels: ['created_by_name'], when: { label: 'created_by_kind', values: ['Job'] } },
  { role: 'cronjob', labels: ['cronjob'] },
  { role: 'local-queue', kind: 'localqueue', labels: ['local_queue'] },
  { role: 'local-queue', kind: 'localqueue', labels: ['name'], only: ['kueue-local'] },
  { role: 'cluster-queue', kind: 'clusterqueue', labels: ['cluster_queue'] },
  { role: 'cluster-queue', kind: 'cohort', labels: ['cohort'], only: ['kueue'] },
  { role: 'partition', labels: ['slurm_partition'] },
  { role: 'partition', labels: ['partition'], only: ['slurm'], when: { label: 'node', values: [''] } },
  { role: 'account', labels: ['account'], only: ['slurm'] },

  // Services and workloads
  { role: 'serve-deployment', kind: 'servedeployment', labels: ['deployment'], only: ['ray'] },
  { role: 'service', labels: ['application'], only: ['ray'] },
  { role: 'destination', kind: 'service', labels: ['destination_workload'] },
  {
    role: 'service',
    labels: ['service', 'service_name', 'svc', 'destination_service_name', 'application'],
    not: ['seldon', ...OF_MACHINES],
  },
  { role: 'source-workload', kind: 'service', labels: ['source_workload'] },
  {
    role: 'workload',
    labels: ['deployment', 'statefulset', 'daemonset', 'workload', 'k8s_deployment_name', 'k8s_statefulset_name', 'k8s_daemonset_name'],
    not: ['ray'],
  },
  { role: 'workload', labels: ['deployment_name'], not: ['prefect', 'seldon'] },
  { role: 'workload', labels: ['replicaset'], form: 'owner' },
  {
    role: 'workload',
    labels: ['owner_name'],
    form: 'owner',
    when: { label: 'owner_kind', values: ['', 'ReplicaSet', 'Deployment', 'StatefulSet', 'DaemonSet'] },
  },
  {
    role: 'workload',
    labels: ['created_by_name'],
    form: 'owner',
    when: { label: 'created_by_kind', values: ['', 'ReplicaSet', 'Deployment', 'StatefulSet', 'DaemonSet'] },
  },
  { role: 'pod', labels: ['pod', 'pod_name', 'k8s_pod_name'], not: OF_MACHINES },
  { role: 'pod', labels: ['hostname', 'Hostname'], only: ['torchserve'], values: /-[a-z0-9]{6,10}-[a-z0-9]{5}$/ },
  { role: 'service', labels: ['app_kubernetes_io_name', 'app'], not: OF_MACHINES },
  { role: 'replica', labels: ['replica'], only: ['ray'] },
  { role: 'ray-cluster', kind: 'raycluster', labels: ['ray_io_cluster', 'ray_cluster'] },
  { role: 'ray-cluster', kind: 'raycluster', labels: ['name'], only: ['ray-cluster'] },

  // Networks and machines
  { role: 'switch', labels: ['switch'] },
  { role: 'switch', labels: ['guid'], only: ['infiniband'], when: { label: 'hca', values: [''] } },
  { role: 'nic', labels: ['hca'], form: 'adapter' },
  { role: 'nic', labels: ['device'], within: 'node', values: /^(mlx|ib|bnxt_re|rocep|irdma)[0-9a-z_]{1,12}$/ },
  { role: 'uplinked-nic', kind: 'nic', labels: ['uplink'], form: 'adapter' },
  { role: 'endpoint', labels: ['instance', 'target'], form: 'url' },
  { role: 'api', kind: 'endpoint', labels: ['api_base'], form: 'api' },
  { role: 'node', labels: ['node', 'nodename', 'kubernetes_node', 'k8s_node_name', 'node_name', 'fqdn'], form: 'machine' },
  { role: 'node', labels: ['Hostname', 'hostname', 'host'], form: 'machine', not: ['gateway', 'torchserve'] },
  { role: 'node', labels: ['Hostname', 'hostname'], form: 'machine', only: ['torchserve'], values: /^(?!.*-[a-z0-9]{6,10}-[a-z0-9]{5}$)/ },
  { role: 'node', labels: ['hca', 'uplink'], form: 'adapter-host' },
  { role: 'node', labels: ['instance'], form: 'machine', not: ['kafka-broker', 'rabbitmq', 'redis', ...VECTOR_STORES] },
];

/** Metrics of a bare StatsD bridge that end in the name of what they are of. */
export const NAMES_IN_METRICS: readonly { readonly prefix: string; readonly role: Role; readonly kind: string }[] = [
  { prefix: 'airflow_dagrun_duration_success_', role: 'dag', kind: 'dag' },
  { prefix: 'airflow_dagrun_duration_failed_', role: 'dag', kind: 'dag' },
  { prefix: 'airflow_dagrun_schedule_delay_', role: 'dag', kind: 'dag' },
];

/** Kinds whose names are names of machines, whatever port, domain and case they are written with. */
export const MACHINE_KINDS: readonly string[] = ['node', 'host', 'machine', 'server', 'vm', 'instance', 'box'];

/** Kinds that a workload of Kubernetes may be declared as, the likelier first. */
export const WORKLOAD_KINDS: readonly string[] = [
  'workload',
  'deployment',
  'statefulset',
  'daemonset',
  'service',
  'svc',
  'application',
  'app',
  'inferenceservice',
  'seldon',
  'component',
  'microservice',
];
