import { describe, expect, it } from 'vitest';
import { entityOf } from '../../../src/correlate/entity.ts';
import { EntityNames } from '../../../src/correlate/entity-names.ts';
import { type Naming, PLAIN_NAMING } from '../../../src/correlate/entity-reading.ts';
import { labelEdges } from '../../../src/correlate/label-edges.ts';
import { labels } from './scenario.ts';

type Object_ = Readonly<Record<string, string>>;

function edgesOf(object: Object_, given: Partial<Naming> = {}): readonly string[] {
  const naming = { ...PLAIN_NAMING, ...given };
  const entity = entityOf(labels(object), naming.configured, naming.names, naming.metrics);
  return labelEdges(labels(object), entity, naming).map(({ from, to }) => `${from} ⇒ ${to}`);
}

describe('the edges that labels prove', () => {
  it.each<[string, Object_, readonly string[], readonly string[]]>([
    ['a pod and its node', { pod: 'solo', node: 'GPU-7.example.org' }, [], ['pod/solo ⇒ node/gpu-7']],
    ['a pod and its workload', { pod: 'ranker-6c9f8d7b5-x2k4p' }, [], ['workload/ranker ⇒ pod/ranker-6c9f8d7b5-x2k4p']],
    ['a pod and its stateful set', { pod: 'kafka-0' }, [], ['workload/kafka ⇒ pod/kafka-0']],
    ['a workload by its label, once', { deployment: 'ranker', pod: 'ranker-6c9f8d7b5-x2k4p' }, [], ['workload/ranker ⇒ pod/ranker-6c9f8d7b5-x2k4p']],
    [
      'a workload by the owner of a pod',
      { owner_kind: 'ReplicaSet', owner_name: 'ranker-6c9f8d7b5', pod: 'ranker-6c9f8d7b5-x2k4p' },
      [],
      ['workload/ranker ⇒ pod/ranker-6c9f8d7b5-x2k4p'],
    ],
    ['a pod and its claim', { pod: 'solo', persistentvolumeclaim: 'data' }, [], ['pod/solo ⇒ volume/data']],
    [
      'a card, its machine and its user',
      { UUID: 'GPU-1', Hostname: 'gpu-7', pod: 'solo' },
      ['DCGM_FI_DEV_XID_ERRORS'],
      ['pod/solo ⇒ node/gpu-7', 'gpu/GPU-1 ⇒ node/gpu-7', 'pod/solo ⇒ gpu/GPU-1'],
    ],
    [
      'a card and a Slurm job',
      { gpu: '3', Hostname: 'gpu-7', hpc_job: '4711' },
      ['DCGM_FI_DEV_XID_ERRORS'],
      ['gpu/gpu-7/3 ⇒ node/gpu-7', 'job/4711 ⇒ gpu/gpu-7/3'],
    ],
    ['a slice and its card', { UUID: 'GPU-1', GPU_I_ID: '2' }, [], ['mig/GPU-1/2 ⇒ gpu/GPU-1']],
    ['a model and its card', { model: 'ranker', gpu_uuid: 'GPU-1' }, ['nv_inference_request_failure'], ['model/ranker ⇒ gpu/GPU-1']],
    ['a model and its deployment', { model_name: 'llama', deployment: 'vllm' }, [], ['model/llama ⇒ workload/vllm']],
    [
      'a model and the pod that serves it',
      { model_name: 'llama', pod: 'vllm-0' },
      ['vllm:num_requests_waiting'],
      ['workload/vllm ⇒ pod/vllm-0', 'model/llama ⇒ pod/vllm-0'],
    ],
    ['a batch job and its pod', { job_name: 'train-42', pod: 'train-42-x2k4p' }, [], ['job/train-42 ⇒ pod/train-42-x2k4p']],
    ['a cron job and its job', { cronjob: 'backup', job_name: 'backup-28391040' }, [], ['cronjob/backup ⇒ job/backup-28391040']],
    ['a job and its queue', { job_name: 'train-42', queue: 'research' }, ['volcano_job_share'], ['job/train-42 ⇒ jobqueue/research']],
    [
      'a local and a cluster queue',
      { name: 'team-a', cluster_queue: 'gpu-a' },
      ['kueue_local_queue_pending_workloads'],
      ['localqueue/team-a ⇒ clusterqueue/gpu-a'],
    ],
    [
      'an HCA and its switch',
      { uplink: 'gpu-7 HCA-1', switch: 'leaf-3', port: '4' },
      ['infiniband_switch_uplink_info'],
      ['nic/gpu-7/HCA-1 ⇒ switch/leaf-3', 'nic/gpu-7/HCA-1 ⇒ node/gpu-7'],
    ],
    ['an adapter and its machine', { device: 'mlx5_0', instance: 'gpu-7:9100' }, ['node_infiniband_link_downed_total'], ['nic/gpu-7/mlx5_0 ⇒ node/gpu-7']],
    ['an inference service and its model', { inferenceservice: 'search', model_name: 'ranker' }, [], ['inferenceservice/search ⇒ model/ranker']],
    [
      'an inference service and its pods',
      { inferenceservice: 'search', pod: 'search-predictor-6c9f8d7b5-x2k4p' },
      [],
      ['inferenceservice/search ⇒ pod/search-predictor-6c9f8d7b5-x2k4p', 'workload/search-predictor ⇒ pod/search-predictor-6c9f8d7b5-x2k4p'],
    ],
    ['an inference service by the name of a pod', { pod: 'search-predictor-x' }, [], ['inferenceservice/search ⇒ pod/search-predictor-x']],
    [
      'a SeldonDeployment, its predictor and its model',
      { deployment_name: 'search', predictor_name: 'main', model_name: 'ranker' },
      ['seldon_api_executor_client_requests_seconds_count'],
      ['seldon/search ⇒ predictor/search/main', 'predictor/search/main ⇒ model/ranker'],
    ],
    ['a SeldonDeployment and its model', { seldon_deployment: 'search', model_name: 'ranker' }, [], ['seldon/search ⇒ model/ranker']],
    ['a model of Seldon v2 and its server', { model: 'ranker', server: 'mlserver', server_replica: '0' }, [], ['model/ranker ⇒ modelserver/mlserver']],
    [
      'a Serve application down to its cluster',
      { application: 'search', deployment: 'Ranker', replica: 'a#1', ray_io_cluster: 'serve-a' },
      ['ray_serve_deployment_error_counter'],
      ['service/search ⇒ servedeployment/Ranker', 'servedeployment/Ranker ⇒ replica/a#1', 'replica/a#1 ⇒ raycluster/serve-a'],
    ],
    [
      'what was asked of LiteLLM, what answers and where',
      { requested_model: 'gpt', model_id: 'a1', api_base: 'https://x.example/v1', fallback_model: 'other' },
      ['litellm_deployment_failure_responses'],
      ['model/gpt ⇒ model/a1', 'model/a1 ⇒ endpoint/x.example/v1'],
    ],
    [
      'a group, its topic and the broker',
      { consumergroup: 'features', topic: 'clicks', strimzi_io_cluster: 'events' },
      [],
      ['consumergroup/features ⇒ topic/clicks', 'topic/clicks ⇒ broker/events'],
    ],
    [
      'a topic and the broker that speaks',
      { topic: 'clicks', pod: 'kafka-0' },
      ['kafka_server_brokertopicmetrics_bytesin_total'],
      ['workload/kafka ⇒ pod/kafka-0', 'topic/clicks ⇒ broker/kafka-0', 'broker/kafka-0 ⇒ pod/kafka-0'],
    ],
    ['a queue and its broker', { queue: 'scoring', vhost: '/', rabbitmq_cluster: 'rmq' }, [], ['queue/scoring ⇒ broker/rmq']],
    [
      'a table, its database and its server',
      { relname: 'orders', datname: 'shop', server: 'pg-main:5432' },
      ['pg_stat_user_tables_n_dead_tup'],
      ['table/orders ⇒ database/shop', 'database/shop ⇒ store/pg-main'],
    ],
    [
      'a collection and its store',
      { id: 'faces', pod: 'qdrant-0' },
      ['collection_points'],
      ['workload/qdrant ⇒ pod/qdrant-0', 'collection/faces ⇒ store/qdrant', 'store/qdrant ⇒ pod/qdrant-0'],
    ],
    ['a table and its DAG', { dag_id: 'daily', table: 'orders' }, [], ['table/orders ⇒ dag/daily']],
    ['a feature view and its table', { feature_view: 'user_ctr', table: 'clicks' }, [], ['feature/user_ctr ⇒ table/clicks']],
    ['a model and a feature', { model: 'ranker', feature: 'age' }, [], ['model/ranker ⇒ feature/age']],
    ['a KPI and what it measures', { kpi: 'ctr', service: 'search', model: 'ranker' }, [], ['kpi/ctr ⇒ service/search', 'kpi/ctr ⇒ model/ranker']],
    ['a workload that calls another', { source_workload: 'web', destination_workload: 'search' }, ['istio_requests_total'], ['service/web ⇒ service/search']],
  ])('%s', (_case, object, metrics, expected) => {
    expect(edgesOf(object, { metrics })).toEqual(expected);
  });

  it.each<[string, Object_]>([
    ['labels that name no entity', { namespace: 'ml', cluster: 'eu', team: 'ml', node: 'gpu-7' }],
    ['an exporter’s own pod', { job: 'kube-state-metrics', pod: 'kube-state-metrics-6c9f8d7b5-x2k4p', node: 'gpu-7' }],
    ['a pod that belongs to something else', { deployment: 'ranker', pod: 'solo' }],
    ['a model and the pod of who watches it', { model_name: 'llama', pod: 'watcher' }],
    ['a fallback', { requested_model: 'gpt', fallback_model: 'other' }],
    ['nothing at all', {}],
  ])('are none for %s', (_case, object) => {
    expect(edgesOf(object)).toEqual([]);
  });

  it('are at most 8, each once and marked as from labels', () => {
    const object = {
      pod: 'ranker-6c9f8d7b5-x2k4p',
      node: 'gpu-7',
      UUID: 'GPU-1',
      GPU_I_ID: '2',
      deployment: 'ranker',
      persistentvolumeclaim: 'data',
      model: 'ranker',
      feature: 'age',
      inferenceservice: 'ranker',
      kpi: 'ctr',
      service: 'ranker',
    };
    const edges = labelEdges(labels(object), 'kpi/ctr');
    expect(edges).toHaveLength(8);
    expect(new Set(edges.map(({ from, to }) => `${from} ${to}`)).size).toBe(8);
    expect(edges[0]).toEqual({ from: 'pod/ranker-6c9f8d7b5-x2k4p', to: 'node/gpu-7', origin: 'labels' });
  });
});

describe('the ends of an edge', () => {
  it('are spelled by the configured kinds, which take values as they are', () => {
    const configured = [
      { kind: 'app', labels: ['pod'] },
      { kind: 'knode', labels: ['host', 'node'] },
    ];
    expect(edgesOf({ pod: 'solo', node: 'GPU-7.example.org' }, { configured })).toEqual(['app/solo ⇒ knode/GPU-7.example.org']);
  });

  it('are spelled as the graph does', () => {
    const names = new EntityNames({ declared: ['host/gpu-7.example.org', 'service/search'] });
    expect(edgesOf({ pod: 'search-6c9f8d7b5-x2k4p', node: 'gpu-7' }, { names })).toEqual(['service/search ⇒ host/gpu-7.example.org']);
  });

  it('include a subject of a configured kind that a pod is named after', () => {
    const configured = [{ kind: 'detector', labels: ['detector'] }];
    expect(edgesOf({ detector: 'forklift', pod: 'forklift-0' }, { configured })).toEqual([
      'detector/forklift ⇒ pod/forklift-0',
      'workload/forklift ⇒ pod/forklift-0',
    ]);
  });
});
