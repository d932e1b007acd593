// The rows of the built-in table: what the labels of each exporter and platform name.

import { describe, expect, it } from 'vitest';
import { DEPENDENCY_ROWS } from '../../../src/correlate/dependency-table.ts';
import { entityOf } from '../../../src/correlate/entity.ts';
import { ENTITY_SOURCES } from '../../../src/correlate/entity-sources.ts';
import { ENTITY_ROWS } from '../../../src/correlate/entity-table.ts';
import { metricNamesOf } from '../../../src/correlate/metric-names.ts';
import { labels } from './scenario.ts';

const entity = (expression: string, object: Readonly<Record<string, string>>): string | null =>
  entityOf(labels({ alertname: 'X', severity: 'page', ...object }), [], undefined, metricNamesOf(expression));

type Row = [source: string, expression: string, labels: Readonly<Record<string, string>>, entity: string | null];

describe('machines and clusters', () => {
  it.each<Row>([
    ['node_exporter', 'node_load1 > 9', { job: 'anything', instance: 'gpu-7:9100' }, 'node/gpu-7'],
    [
      'node_exporter: device and mountpoint are parts of the node',
      'node_filesystem_avail_bytes',
      { instance: 'gpu-7:9100', device: '/dev/sda1', mountpoint: '/' },
      'node/gpu-7',
    ],
    ['node_exporter behind a pod monitor: the pod is its own', 'node_load1', { pod: 'agent-x2k4p', instance: '10.0.0.7:9100' }, 'node/10.0.0.7'],
    ['node_uname_info', 'node_uname_info', { nodename: 'gpu-7.example.org', instance: '10.0.0.7:9100' }, 'node/gpu-7'],
    [
      'kube-state-metrics: a node',
      'kube_node_status_condition',
      { job: 'kube-state-metrics', node: 'gpu-7', condition: 'Ready', instance: '10.2.0.9:8080' },
      'node/gpu-7',
    ],
    ['kube-state-metrics: a pod', 'kube_pod_status_phase', { pod: 'ranker-6c9f', uid: 'a1', instance: '10.2.0.9:8080' }, 'pod/ranker-6c9f'],
    ['kube-state-metrics: a deployment', 'kube_deployment_status_replicas', { deployment: 'ranker' }, 'workload/ranker'],
    ['kube-state-metrics: a stateful set', 'kube_statefulset_replicas', { statefulset: 'kafka' }, 'workload/kafka'],
    ['kube-state-metrics: a daemon set', 'kube_daemonset_status_number_ready', { daemonset: 'agent' }, 'workload/agent'],
    ['kube-state-metrics: the owner of a pod', 'kube_pod_owner', { owner_kind: 'ReplicaSet', owner_name: 'ranker-6c9f8d7b5' }, 'workload/ranker'],
    ['kube-state-metrics: what made a pod', 'kube_pod_info', { created_by_kind: 'StatefulSet', created_by_name: 'kafka' }, 'workload/kafka'],
    ['kube-state-metrics: a pod that a job made', 'kube_pod_info', { created_by_kind: 'Job', created_by_name: 'train-42' }, 'job/train-42'],
    ['kube-state-metrics: no owner', 'kube_pod_owner', { owner_kind: '<none>', owner_name: '<none>' }, null],
    ['kube-state-metrics: a batch job', 'kube_job_failed', { job: 'kube-state-metrics', job_name: 'train-42' }, 'job/train-42'],
    ['kube-state-metrics: a cron job', 'kube_cronjob_info', { cronjob: 'backup' }, 'cronjob/backup'],
    ['kube-state-metrics: a claim', 'kube_persistentvolumeclaim_status_phase', { persistentvolumeclaim: 'data-0' }, 'volume/data-0'],
    ['kube-state-metrics: a service', 'kube_service_info', { service: 'search' }, 'service/search'],
    [
      'cAdvisor: the pod, not the kubelet’s service',
      'container_memory_rss',
      { pod: 'ranker-6c9f', container: 'main', node: 'gpu-7', service: 'kps-kubelet' },
      'pod/ranker-6c9f',
    ],
    ['kubelet: the claim', 'kubelet_volume_stats_used_bytes', { persistentvolumeclaim: 'data-0', instance: '10.0.0.7:10250' }, 'volume/data-0'],
    ['node-problem-detector', 'problem_gauge', { type: 'KernelDeadlock', reason: 'x', node: 'gpu-7' }, 'node/gpu-7'],
    ['node-problem-detector without its node', 'problem_gauge', { type: 'KernelDeadlock', reason: 'x' }, null],
    ['DCGM: a card by its serial number', 'DCGM_FI_DEV_XID_ERRORS', { Hostname: 'gpu-7', UUID: 'GPU-1', gpu: '3', xid: '79', pod: 'train-0' }, 'gpu/GPU-1'],
    ['DCGM: a card by host and index', 'DCGM_FI_DEV_GPU_TEMP', { Hostname: 'GPU-7.example.org', gpu: '3' }, 'gpu/gpu-7/3'],
    ['DCGM: a card by host and device', 'DCGM_FI_DEV_GPU_TEMP', { Hostname: 'gpu-7', device: 'nvidia3' }, 'gpu/gpu-7/3'],
    ['DCGM: a card by host and bus', 'DCGM_FI_DEV_GPU_TEMP', { Hostname: 'gpu-7', pci_bus_id: '00000000:0A:00.0' }, 'gpu/gpu-7/00000000:0A:00.0'],
    ['DCGM: a slice of a card', 'DCGM_FI_PROF_GR_ENGINE_ACTIVE', { UUID: 'GPU-1', GPU_I_ID: '2', GPU_I_PROFILE: '1g.5gb', Hostname: 'gpu-7' }, 'mig/GPU-1/2'],
    ['DCGM: no slice', 'DCGM_FI_DEV_GPU_TEMP', { UUID: 'GPU-1', GPU_I_ID: '', Hostname: 'gpu-7' }, 'gpu/GPU-1'],
    ['DCGM: the machine alone', 'DCGM_EXP_XID_ERRORS_COUNT', { Hostname: 'gpu-7' }, 'node/gpu-7'],
    ['nvidia_gpu_exporter', 'nvidia_smi_temperature_gpu', { uuid: 'a1b2', instance: 'gpu-7:9835' }, 'gpu/a1b2'],
    ['InfiniBand: an adapter of a machine', 'node_infiniband_link_downed_total', { device: 'mlx5_0', port: '1', instance: 'gpu-7:9100' }, 'nic/gpu-7/mlx5_0'],
    ['InfiniBand: a switch', 'infiniband_switch_port_errors', { switch: 'leaf-3', guid: '0x1', port: '12', instance: '10.1.1.1:9315' }, 'switch/leaf-3'],
    ['InfiniBand: a switch by its number', 'infiniband_switch_port_errors', { guid: '0x1', port: '12' }, 'switch/0x1'],
    ['InfiniBand: an HCA', 'infiniband_hca_port_errors', { hca: 'gpu-7 HCA-1', guid: '0x2' }, 'nic/gpu-7/HCA-1'],
    ['NCCL: home-made, by job', 'nccl_timeout_total', { job_name: 'train-42', rank: '3', node: 'gpu-7' }, 'job/train-42'],
    ['Slurm: a node', 'slurm_node_state', { node: 'gpu-7', partition: 'train', instance: 'slurm-ctl:8080' }, 'node/gpu-7'],
    ['Slurm: a partition', 'slurm_partition_pending', { partition: 'train', instance: 'slurm-ctl:8080' }, 'partition/train'],
    ['Slurm: an account', 'slurm_account_pending', { account: 'ml' }, 'account/ml'],
    ['Slurm: nothing', 'slurm_nodes_down', { instance: 'slurm-ctl:8080' }, null],
    ['Volcano: a job', 'volcano_job_retry_counts', { job_name: 'train-42' }, 'job/train-42'],
    ['Volcano: a job by its id', 'volcano_job_share', { job_id: 'ml/train-42' }, 'job/ml/train-42'],
    ['Volcano: a queue', 'volcano_queue_weight', { queue_name: 'research' }, 'jobqueue/research'],
    ['Kueue: a cluster queue', 'kueue_pending_workloads', { cluster_queue: 'gpu-a', status: 'active' }, 'clusterqueue/gpu-a'],
    ['Kueue: a cohort', 'kueue_cohort_weighted_share', { cohort: 'research' }, 'cohort/research'],
    ['Kueue: a local queue', 'kueue_local_queue_pending_workloads', { name: 'team-a', namespace: 'ml' }, 'localqueue/team-a'],
    ['Training Operator: no job', 'training_operator_jobs_failed_total', { job_namespace: 'ml', framework: 'pytorch', instance: '10.2.0.9:8080' }, null],
    ['Ray: a machine', 'ray_node_mem_used', { instance: '10.0.0.7:8080', SessionName: 's' }, 'node/10.0.0.7'],
    ['Ray: a card', 'ray_node_gpus_utilization', { instance: '10.0.0.7:8080', GpuIndex: '2' }, 'gpu/10.0.0.7/2'],
    ['Ray: a cluster', 'ray_cluster_active_nodes', { ray_io_cluster: 'serve-a' }, 'raycluster/serve-a'],
    ['KubeRay: a cluster', 'kuberay_cluster_provisioned_duration_seconds', { name: 'serve-a', instance: '10.2.0.9:8080' }, 'raycluster/serve-a'],
  ])('%s', (_source, expression, object, expected) => {
    expect(entity(expression, object)).toBe(expected);
  });
});

describe('models and what serves them', () => {
  it.each<Row>([
    [
      'Ray Serve: a deployment',
      'ray_serve_deployment_error_counter',
      { application: 'search', deployment: 'Ranker', replica: 'a#1' },
      'servedeployment/Ranker',
    ],
    ['Ray Serve: an application', 'ray_serve_num_http_error_requests', { application: 'search', route: '/s' }, 'service/search'],
    ['Triton: a model', 'nv_inference_request_failure', { model: 'ranker', version: '3' }, 'model/ranker'],
    ['Triton: a card', 'nv_gpu_utilization', { gpu_uuid: 'GPU-1' }, 'gpu/GPU-1'],
    ['vLLM', 'vllm:num_requests_waiting', { model_name: 'llama', engine: '0', pod: 'vllm-0' }, 'model/llama'],
    ['vLLM on Ray', 'ray_vllm_num_requests_waiting', { model_name: 'llama', engine: '0' }, 'model/llama'],
    ['TGI: the pod', 'tgi_queue_size', { pod: 'tgi-0', instance: '10.2.0.9:80' }, 'pod/tgi-0'],
    ['TGI: the address', 'tgi_queue_size', { instance: 'tgi-1:80' }, 'node/tgi-1'],
    ['TorchServe', 'ts_inference_requests_total', { model_name: 'ranker', hostname: 'ranker-6c9f8d7b5-x2k4p' }, 'model/ranker'],
    ['TorchServe: its own metrics', 'HandlerTime', { ModelName: 'ranker', Hostname: 'gpu-7' }, 'model/ranker'],
    ['TorchServe in Kubernetes: the host is a pod', 'MemoryUtilization', { Hostname: 'ranker-6c9f8d7b5-x2k4p' }, 'pod/ranker-6c9f8d7b5-x2k4p'],
    ['TorchServe elsewhere: the host is a machine', 'MemoryUtilization', { Hostname: 'gpu-7.example.org' }, 'node/gpu-7'],
    ['KServe: a model', 'request_predict_seconds_bucket', { model_name: 'ranker' }, 'model/ranker'],
    [
      'KServe: an inference service',
      'kube_pod_labels',
      { label_serving_kserve_io_inferenceservice: 'ranker', pod: 'ranker-predictor-1' },
      'inferenceservice/ranker',
    ],
    ['Knative', 'revision_request_latencies_bucket', { service_name: 'ranker', revision_name: 'ranker-00001', pod_name: 'ranker-00001-x' }, 'service/ranker'],
    [
      'Seldon v1: a model',
      'seldon_api_executor_client_requests_seconds_count',
      { deployment_name: 'ranker', predictor_name: 'main', model_name: 'scorer' },
      'model/scorer',
    ],
    [
      'Seldon v1: a predictor',
      'seldon_api_executor_server_requests_seconds_count',
      { deployment_name: 'ranker', predictor_name: 'main', service: '/predict' },
      'predictor/ranker/main',
    ],
    ['Seldon v1: a deployment', 'seldon_api_executor_server_requests_seconds_count', { deployment_name: 'ranker', service: '/predict' }, 'seldon/ranker'],
    ['Seldon v2: a model', 'seldon_model_infer_total', { model: 'ranker', server: 'mlserver', server_replica: '0' }, 'model/ranker'],
    ['Seldon v2: a server', 'seldon_cache_evict_count', { server: 'mlserver', server_replica: '0' }, 'modelserver/mlserver'],
    [
      'LiteLLM: a deployment',
      'litellm_deployment_failure_responses',
      { litellm_model_name: 'azure/gpt', model_id: 'a1', api_base: 'https://x.example/v1', requested_model: 'gpt' },
      'model/azure/gpt',
    ],
    ['LiteLLM: the model asked for', 'litellm_proxy_failed_requests_metric', { requested_model: 'gpt', route: '/chat/completions' }, 'model/gpt'],
    ['LiteLLM: spend', 'litellm_spend_metric_total', { model: 'gpt', api_key_alias: 'shop' }, 'model/gpt'],
    ['LiteLLM: where it calls', 'litellm_deployment_state', { api_base: 'https://x.example/v1/' }, 'endpoint/x.example/v1'],
    ['MLflow: HTTP only', 'mlflow_http_request_duration_seconds', { method: 'GET', path: '/x', model: 'no', pod: 'mlflow-0' }, 'pod/mlflow-0'],
    ['Evidently', 'evidently:data_drift:share', { dataset_name: 'clicks' }, 'table/clicks'],
    ['drift, home-made', 'model_feature_psi', { model_name: 'ranker', feature_name: 'age' }, 'model/ranker'],
    ['drift, home-made, by feature', 'feature_psi', { feature: 'age' }, 'feature/age'],
    ['drift, home-made, by id', 'model_psi', { model_id: 'ranker-7' }, 'model/ranker-7'],
    ['an HTTP probe', 'probe_success', { job: 'blackbox', instance: 'https://API.example.org/health?x=1' }, 'endpoint/api.example.org/health'],
    ['a ping', 'probe_success', { job: 'blackbox-icmp', instance: 'gpu-7.example.org' }, 'node/gpu-7'],
    ['Istio', 'istio_requests_total', { source_workload: 'web', destination_workload: 'search', pod: 'web-0' }, 'service/search'],
  ])('%s', (_source, expression, object, expected) => {
    expect(entity(expression, object)).toBe(expected);
  });
});

describe('data', () => {
  it.each<Row>([
    ['Airflow: a DAG', 'airflow_task_failures', { dag_id: 'daily', task_id: 'load' }, 'dag/daily'],
    ['Airflow: a pool', 'airflow_pool_open_slots', { pool_name: 'default', instance: '10.2.0.9:9102' }, 'pool/default'],
    [
      'Airflow: the DAG in the name of the metric',
      'airflow_dagrun_duration_failed_daily > 0',
      { job: 'statsd-exporter', instance: '10.2.0.9:9102' },
      'dag/daily',
    ],
    ['Dagster: a pipeline', 'dagster_run_failures', { pipeline_name: 'marts' }, 'pipeline/marts'],
    ['Dagster: an asset', 'dagster_asset_stale', { asset_name: 'orders' }, 'table/orders'],
    ['Prefect: a flow', 'prefect_flow_runs_total', { flow_name: 'marts', deployment_name: 'prod' }, 'pipeline/marts'],
    ['Prefect: a deployment', 'prefect_deployments', { deployment_name: 'prod' }, 'pipeline/prod'],
    ['Prefect: a work queue', 'prefect_work_queues', { work_queue_name: 'gpu', work_pool_name: 'k8s' }, 'workqueue/gpu'],
    ['Prefect: a work pool', 'prefect_work_pools', { work_pool_name: 'k8s' }, 'workpool/k8s'],
    ['Argo: nothing', 'argo_workflows_gauge', { phase: 'Failed', instance: '10.2.0.9:9090' }, null],
    ['Argo: a cron workflow', 'argo_workflows_cronworkflows_triggered_total', { name: 'retrain' }, 'pipeline/retrain'],
    ['Spark', 'metrics_executor_failedTasks_total', { application_name: 'marts', application_id: 'app-1', executor_id: '3' }, 'spark/marts'],
    ['Spark operator', 'spark_application_failure_count', { app_name: 'marts' }, 'spark/marts'],
    ['Flink: a job', 'flink_jobmanager_job_numRestarts', { job_name: 'clicks', job_id: 'a1', tm_id: 't', host: '172_18_0_7' }, 'job/clicks'],
    ['Flink: a task manager', 'flink_taskmanager_Status_JVM_Memory_Heap_Used', { tm_id: 't', host: '172_18_0_7' }, 'node/172.18.0.7'],
    ['Kafka: a group', 'kafka_consumergroup_lag', { consumergroup: 'features', topic: 'clicks', instance: 'kafka-exporter:9308' }, 'consumergroup/features'],
    ['Kafka: a topic', 'kafka_topic_partition_under_replicated_partition', { topic: 'clicks', partition: '3' }, 'topic/clicks'],
    ['Kafka: a broker is a pod', 'kafka_server_replicamanager_underreplicatedpartitions', { pod: 'kafka-0', instance: '10.2.0.9:9404' }, 'broker/kafka-0'],
    ['Kafka: a broker is an address', 'kafka_server_replicamanager_offlinereplicacount', { instance: 'Kafka-0:7071' }, 'broker/kafka-0'],
    ['Strimzi: a cluster', 'kafka_server_socket_server_metrics', { strimzi_io_cluster: 'events', pod: 'events-kafka-0' }, 'broker/events'],
    ['Strimzi: a resource', 'strimzi_resource_state', { kind: 'Kafka', name: 'events' }, 'broker/events'],
    ['Strimzi: a topic', 'strimzi_resource_state', { kind: 'KafkaTopic', name: 'clicks' }, 'topic/clicks'],
    ['RabbitMQ: a queue', 'rabbitmq_queue_messages_ready', { queue: 'scoring', vhost: '/', instance: 'rmq-0:15692' }, 'queue/scoring'],
    ['RabbitMQ: a cluster', 'rabbitmq_identity_info', { rabbitmq_cluster: 'rmq', instance: 'rmq-0:15692' }, 'broker/rmq'],
    ['RabbitMQ: a server', 'rabbitmq_node_mem_used', { instance: 'rmq-0:15692' }, 'broker/rmq-0'],
    ['Redis', 'redis_up', { job: 'redis-exporter', instance: 'redis://Cache.prod.svc:6379', db: 'db0' }, 'store/cache.prod.svc'],
    ['PostgreSQL: a table', 'pg_stat_user_tables_n_dead_tup', { datname: 'shop', relname: 'orders' }, 'table/orders'],
    ['PostgreSQL: a database', 'pg_database_size_bytes', { datname: 'shop', server: 'pg-main:5432' }, 'database/shop'],
    ['PostgreSQL: a server', 'pg_up', { server: 'pg-main:5432', instance: '10.2.0.9:9187' }, 'store/pg-main'],
    ['Cassandra: a table', 'cassandra_stats', { cluster: 'features', keyspace: 'ads', table: 'users', name: 'x' }, 'table/users'],
    ['Cassandra: a keyspace', 'cassandra_stats', { cluster: 'features', keyspace: 'ads', name: 'x' }, 'database/ads'],
    ['Cassandra: a cluster', 'cassandra_stats', { cluster: 'features', name: 'x' }, 'store/features'],
    ['Milvus: a collection', 'milvus_proxy_search_latency', { collection_name: 'faces', db_name: 'default', node_id: '4' }, 'collection/faces'],
    ['Milvus: a database', 'milvus_rootcoord_entity_num', { db_name: 'default', node_id: '4' }, 'database/default'],
    ['Qdrant: a collection', 'collection_points', { id: 'faces', instance: 'qdrant-0:6333' }, 'collection/faces'],
    ['Qdrant: the store', 'rest_responses_total', { endpoint: '/x', pod: 'qdrant-0', instance: '10.2.0.9:6333' }, 'store/qdrant'],
    ['Weaviate: a class', 'vector_index_size', { class_name: 'Face', shard_name: 's' }, 'collection/Face'],
    ['Feast', 'feast_feature_view_age_seconds', { feature_view: 'user_ctr', project: 'ads' }, 'feature/user_ctr'],
    ['data quality: a table', 'dq_null_rate', { table_name: 'orders' }, 'table/orders'],
    ['data quality: a dataset', 'row_count', { dataset: 'orders' }, 'table/orders'],
    ['data quality: a source', 'soda_checks_failed', { source: 'orders' }, 'table/orders'],
    ['dbt', 'dbt_model_status', { model: 'orders' }, 'table/orders'],
    ['Grafana', '', { datasource_uid: 'P1', rulename: 'Latency' }, 'datasource/P1'],
    ['a KPI', 'checkout_conversion', { kpi: 'conversion', region: 'eu', channel: 'web', product: 'x' }, 'kpi/conversion'],
    ['slices of a KPI name nothing', 'checkout_conversion', { region: 'eu', channel: 'web', product: 'x' }, null],
    ['Pushgateway: when it was pushed', 'time() - push_time_seconds', { job: 'pushgateway', exported_job: 'nightly' }, 'job/nightly'],
  ])('%s', (_source, expression, object, expected) => {
    expect(entity(expression, object)).toBe(expected);
  });
});

describe('the tables', () => {
  it('have dependencies of roles that labels can name', () => {
    const roles = new Set(ENTITY_ROWS.map(({ role }) => role));
    for (const { from, to, without } of DEPENDENCY_ROWS) for (const role of [from, to, without ?? from]) expect(roles).toContain(role);
  });

  it('have sources with different names, each of which a row or its address needs', () => {
    const names = ENTITY_SOURCES.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  it('have labels that are fit for Prometheus, and kinds without a slash', () => {
    for (const { labels: names, kind = 'x' } of ENTITY_ROWS) {
      for (const name of names) expect(name).toMatch(/^[a-zA-Z_][a-zA-Z0-9_]*$/);
      expect(kind).toMatch(/^[a-z]+$/);
    }
  });
});
