// How the usual exporters and platforms are recognised: data. What their labels name is in entity-table.ts.

/** An exporter or a platform whose labels do not mean what they mean elsewhere. */
export interface EntitySource {
  readonly name: SourceName;
  /** How its metrics begin; what ends in neither `_` nor `:` is a whole name, or one that goes on with `_`. */
  readonly metrics: readonly string[];
  /** Labels that nothing else carries; they count when no metric tells. */
  readonly signs?: readonly string[];
  /** Scrape jobs, in lower case and with `-`; one of several words may also end a longer name. They count when neither metrics nor signs tell. */
  readonly jobs?: readonly string[];
  /** Whether it speaks of others only, so that the address that was scraped is never what an alert is about. */
  readonly ofOthers?: boolean;
}

/** The names of the sources, as rows of entity-table.ts and dependency-table.ts use them. */
export type SourceName =
  | 'airflow'
  | 'argo'
  | 'bridge'
  | 'cadvisor'
  | 'cassandra'
  | 'cassandra-stats'
  | 'dbt'
  | 'dcgm'
  | 'drift'
  | 'flink'
  | 'gateway'
  | 'hardware'
  | 'infiniband'
  | 'kafka-broker'
  | 'kafka-exporter'
  | 'kube'
  | 'kueue'
  | 'kueue-local'
  | 'litellm'
  | 'milvus'
  | 'mlflow'
  | 'node'
  | 'postgres'
  | 'prometheus'
  | 'prefect'
  | 'push'
  | 'qdrant'
  | 'quality'
  | 'rabbitmq'
  | 'ray'
  | 'ray-cluster'
  | 'redis'
  | 'seldon'
  | 'seldon-v2'
  | 'serving'
  | 'slurm'
  | 'spark'
  | 'strimzi'
  | 'torchserve'
  | 'training-operator'
  | 'up'
  | 'volcano'
  | 'weaviate';

/** The sources: machines, clusters, serving, data, and what only passes series on. */
export const ENTITY_SOURCES: readonly EntitySource[] = [
  { name: 'up', metrics: ['up', 'scrape_duration_seconds', 'scrape_samples_scraped'] },
  { name: 'node', metrics: ['node_', 'windows_'], jobs: ['node', 'nodes', 'node-exporter', 'windows-exporter'] },
  {
    name: 'hardware',
    metrics: ['smartctl_', 'smartmon_', 'nvidia_smi_', 'ipmi_', 'redfish_', 'apcupsd_', 'nvme_'],
    jobs: ['smartctl', 'smartctl-exporter', 'ipmi', 'ipmi-exporter', 'nvidia-gpu-exporter', 'redfish'],
  },
  { name: 'dcgm', metrics: ['DCGM_'], signs: ['modelName', 'GPU_I_ID', 'GPU_I_PROFILE', 'DCGM_FI_DRIVER_VERSION'], jobs: ['dcgm', 'dcgm-exporter'] },
  { name: 'infiniband', metrics: ['infiniband_'], signs: ['hca', 'uplink'], jobs: ['infiniband', 'infiniband-exporter'], ofOthers: true },
  { name: 'kube', metrics: ['kube_'], jobs: ['kube-state-metrics', 'ksm'], ofOthers: true },
  { name: 'cadvisor', metrics: ['container_', 'kubelet_'], jobs: ['cadvisor', 'kubelet'] },
  { name: 'slurm', metrics: ['slurm_'], jobs: ['slurm', 'slurm-exporter'], ofOthers: true },
  { name: 'volcano', metrics: ['volcano_'], jobs: ['volcano', 'volcano-scheduler'], ofOthers: true },
  { name: 'kueue', metrics: ['kueue_'], signs: ['cluster_queue', 'cohort'], ofOthers: true },
  { name: 'kueue-local', metrics: ['kueue_local_queue_'] },
  { name: 'training-operator', metrics: ['training_operator_'], ofOthers: true },
  { name: 'ray-cluster', metrics: ['kuberay_'], ofOthers: true },
  { name: 'ray', metrics: ['ray_'], signs: ['ray_io_cluster', 'SessionName'], jobs: ['ray', 'ray-serve'] },
  {
    name: 'serving',
    metrics: [
      'vllm:',
      'vllm_',
      'ray_vllm_',
      'sglang:',
      'tgi_',
      'nv_inference_',
      'nv_gpu_',
      'ts_',
      'request_preprocess_seconds',
      'request_predict_seconds',
      'request_postprocess_seconds',
      'request_explain_seconds',
    ],
    jobs: ['vllm', 'tgi', 'triton'],
  },
  {
    name: 'torchserve',
    metrics: ['ts_', 'HandlerTime', 'PredictionTime', 'QueueTime', 'WorkerThreadTime', 'CPUUtilization', 'GPUUtilization', 'MemoryUtilization'],
    signs: ['ModelName', 'WorkerName'],
    jobs: ['torchserve'],
  },
  { name: 'seldon', metrics: ['seldon_api_executor_'], signs: ['predictor_name', 'seldon_deployment'] },
  { name: 'seldon-v2', metrics: ['seldon_model_', 'seldon_aggregate_', 'seldon_cache_'], signs: ['server_replica'] },
  { name: 'litellm', metrics: ['litellm_'], signs: ['litellm_model_name', 'requested_model', 'api_base'], jobs: ['litellm'] },
  { name: 'mlflow', metrics: ['mlflow_'], jobs: ['mlflow'] },
  { name: 'drift', metrics: ['evidently:', 'evidently_', 'nannyml_', 'whylabs_'] },
  {
    name: 'gateway',
    metrics: ['nginx_ingress_', 'traefik_', 'istio_', 'envoy_', 'haproxy_', 'kong_'],
    jobs: ['traefik', 'ingress-nginx', 'nginx-ingress', 'haproxy', 'envoy', 'kong'],
  },
  { name: 'airflow', metrics: ['airflow_'], jobs: ['airflow', 'airflow-statsd'], ofOthers: true },
  { name: 'prefect', metrics: ['prefect_'], signs: ['flow_name', 'work_pool_name', 'work_queue_name'], jobs: ['prefect', 'prefect-exporter'], ofOthers: true },
  { name: 'argo', metrics: ['argo_'], jobs: ['argo-workflows', 'workflow-controller'], ofOthers: true },
  { name: 'spark', metrics: ['metrics_executor_', 'spark_'], signs: ['executor_id'], jobs: ['spark', 'spark-operator'] },
  { name: 'flink', metrics: ['flink_'], signs: ['tm_id'], jobs: ['flink'] },
  {
    name: 'kafka-exporter',
    metrics: ['kafka_consumergroup_', 'kafka_topic_', 'kafka_brokers', 'kminion_', 'kafka_lag_', 'burrow_'],
    jobs: ['kafka-exporter', 'kminion', 'kafka-lag-exporter', 'burrow-exporter'],
    ofOthers: true,
  },
  { name: 'kafka-broker', metrics: ['kafka_server_', 'kafka_controller_', 'kafka_network_', 'kafka_log_', 'kafka_cluster_'], jobs: ['kafka', 'kafka-broker'] },
  { name: 'strimzi', metrics: ['strimzi_'], ofOthers: true },
  { name: 'rabbitmq', metrics: ['rabbitmq_'], signs: ['vhost'], jobs: ['rabbitmq'] },
  { name: 'redis', metrics: ['redis_'], jobs: ['redis', 'redis-exporter'] },
  { name: 'postgres', metrics: ['pg_'], signs: ['datname', 'relname'], jobs: ['postgres', 'postgresql', 'postgres-exporter'] },
  { name: 'cassandra', metrics: ['cassandra_'], jobs: ['cassandra', 'cassandra-exporter'] },
  { name: 'cassandra-stats', metrics: ['cassandra_'] },
  { name: 'milvus', metrics: ['milvus_'], jobs: ['milvus'] },
  {
    name: 'qdrant',
    metrics: ['rest_responses_', 'grpc_responses_', 'collection_points', 'collection_vectors', 'collections_total', 'qdrant_'],
    jobs: ['qdrant'],
  },
  { name: 'weaviate', metrics: ['vector_index_', 'weaviate_', 'object_count'], jobs: ['weaviate'] },
  { name: 'dbt', metrics: ['dbt_'], jobs: ['dbt', 'dbt-exporter'], ofOthers: true },
  { name: 'quality', metrics: ['great_expectations_', 'gx_', 'soda_', 'data_quality_', 'dq_'], jobs: ['great-expectations', 'soda'], ofOthers: true },
  { name: 'prometheus', metrics: ['prometheus_', 'alertmanager_'] },
  { name: 'push', metrics: ['push_time_seconds', 'push_failure_time_seconds'], jobs: ['pushgateway'], ofOthers: true },
  {
    name: 'bridge',
    metrics: ['aws_', 'stackdriver_'],
    jobs: [
      'alertmanager',
      'cloudwatch-exporter',
      'federate',
      'federation',
      'opentelemetry-collector',
      'otel-collector',
      'prometheus',
      'stackdriver-exporter',
      'statsd-exporter',
      'yace',
    ],
    ofOthers: true,
  },
];

/** Metrics that every rule has and that tell no source. */
export const METRICS_OF_RULES: ReadonlySet<string> = new Set(['ALERTS', 'ALERTS_FOR_STATE']);

/** Words in the names of pods and services that export metrics of others. */
export const EXPORTER_WORDS: readonly string[] = [
  'exporter',
  'kube-state-metrics',
  'cadvisor',
  'kubelet',
  'pushgateway',
  'statsd',
  'otel-collector',
  'opentelemetry-collector',
];
