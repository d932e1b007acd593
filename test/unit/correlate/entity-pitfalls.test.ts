// Labels that seem to name what an alert is about, and do not.

import { describe, expect, it } from 'vitest';
import { entityOf } from '../../../src/correlate/entity.ts';
import { labels } from './scenario.ts';

const entity = (object: Readonly<Record<string, string>>, ...metrics: readonly string[]): string | null => entityOf(labels(object), [], undefined, metrics);

describe('the scrape job', () => {
  it('is no batch job', () => {
    expect(entity({ job: 'nightly' })).toBeNull();
    expect(entity({ job: 'kube-state-metrics', job_name: 'train-42' })).toBe('job/train-42');
    expect(entity({ job: 'dcgm-exporter', hpc_job: '4711' })).toBe('job/4711');
  });

  it('is one behind a Pushgateway, which sets it apart or hands it through', () => {
    expect(entity({ job: 'pushgateway', exported_job: 'nightly', instance: '10.2.0.9:9091' })).toBe('job/nightly');
    expect(entity({ job: 'nightly' }, 'push_time_seconds')).toBe('job/nightly');
    expect(entity({ exported_job: 'nightly' })).toBe('job/nightly');
    expect(entity({ job: 'pushgateway' }, 'push_time_seconds')).toBeNull();
  });

  it('of another Prometheus is none either', () => {
    expect(entity({ job: 'federate', exported_job: 'node-exporter', exported_instance: 'gpu-7:9100', instance: 'prom-1:9090' })).toBe('node/gpu-7');
  });
});

describe('the scraped address', () => {
  it.each([
    'kube-state-metrics',
    'monitoring/kube-state-metrics',
    'kps-kube-state-metrics',
    'kafka-exporter',
    'kafka_exporter',
    'slurm-exporter',
    'statsd-exporter',
  ])('is only that of %s', (job) => {
    expect(entity({ job, instance: '10.2.0.9:8080' })).toBeNull();
  });

  it('is only the exporter’s by the metrics of the rule, whatever the job', () => {
    expect(entity({ job: 'cluster', instance: '10.2.0.9:8080' }, 'kube_node_info')).toBeNull();
    expect(entity({ instance: '10.2.0.9:8080' }, 'kafka_consumergroup_lag')).toBeNull();
  });

  it('is the subject when the rule asks whether it is up', () => {
    expect(entity({ job: 'kube-state-metrics', instance: 'ksm-1:8080' }, 'up')).toBe('node/ksm-1');
    expect(entity({ job: 'node-exporter', instance: 'gpu-7:9100' }, 'up')).toBe('node/gpu-7');
    expect(entity({ job: 'redis', instance: 'cache:6379' }, 'up')).toBe('store/cache');
  });

  it('is the machine of node_exporter and the target of a probe', () => {
    expect(entity({ job: 'node-exporter', instance: 'gpu-7:9100' })).toBe('node/gpu-7');
    expect(entity({ job: 'blackbox', instance: 'https://api.example.org/' })).toBe('endpoint/api.example.org');
  });
});

describe('a clash with the exporter’s own labels', () => {
  it('makes the exported label the subject', () => {
    expect(entity({ pod: 'dcgm-exporter-x2k4p', exported_pod: 'train-0', namespace: 'gpu', exported_namespace: 'ml' })).toBe('pod/train-0');
    expect(entity({ job: 'traefik', service: 'traefik', pod: 'traefik-0', exported_service: 'search' })).toBe('service/search');
  });

  it('makes what is not exported the exporter’s', () => {
    expect(entity({ exported_namespace: 'ml', pod: 'collector-0', service: 'collector', instance: '10.2.0.9:80' })).toBeNull();
    expect(entity({ exported_pod: 'train-0', pod: 'collector-0', node: 'gpu-7', deployment: 'train' })).toBe('workload/train');
  });

  it('is likely when a pod is named after the exporter that is scraped, but for its being up', () => {
    const own = { job: 'kube-state-metrics', pod: 'kps-kube-state-metrics-6c9f8d7b5-x2k4p', instance: '10.2.0.9:8080' };
    expect(entity(own)).toBeNull();
    expect(entity({ ...own, node: 'gpu-7' })).toBe('node/gpu-7');
    expect(entity(own, 'up')).toBe('pod/kps-kube-state-metrics-6c9f8d7b5-x2k4p');
    expect(entity({ pod: 'nvidia-dcgm-exporter-x2k4p', Hostname: 'gpu-7', job: 'gpu-metrics' }, 'DCGM_FI_DEV_GPU_TEMP')).toBe('node/gpu-7');
  });

  it('is not when another exporter speaks of that pod', () => {
    expect(entity({ job: 'kube-state-metrics', pod: 'dcgm-exporter-x2k4p' }, 'kube_pod_status_ready')).toBe('pod/dcgm-exporter-x2k4p');
    expect(entity({ pod: 'dcgm-exporter-x2k4p' })).toBe('pod/dcgm-exporter-x2k4p');
  });
});

describe('labels that only say where, how bad and whose', () => {
  it('name nothing', () => {
    expect(
      entity({
        namespace: 'ml',
        cluster: 'eu',
        severity: 'page',
        team: 'ml',
        env: 'prod',
        prometheus: 'k8s',
        endpoint: 'http',
        container: 'main',
        uid: 'a',
        id: 'b',
      }),
    ).toBeNull();
  });

  it('name the cluster of Cassandra and of Strimzi, which are no clusters of machines', () => {
    expect(entity({ cluster: 'features' }, 'cassandra_stats')).toBe('store/features');
    expect(entity({ job: 'cassandra', cluster: 'eu' })).toBeNull();
    expect(entity({ strimzi_io_cluster: 'events' })).toBe('broker/events');
  });
});

describe('a model', () => {
  it('is not the type of a card, of a disk or of a processor', () => {
    expect(entity({ modelName: 'NVIDIA H100', Hostname: 'gpu-7' }, 'DCGM_FI_DEV_GPU_TEMP')).toBe('node/gpu-7');
    expect(entity({ modelName: 'NVIDIA H100', model: 'NVIDIA H100', Hostname: 'gpu-7' })).toBe('node/gpu-7');
    expect(entity({ GpuDeviceName: 'NVIDIA H100', instance: '10.0.0.7:80' }, 'ray_node_gpus_utilization')).toBe('node/10.0.0.7');
    expect(entity({ model_name: 'Samsung SSD', instance: 'gpu-7:9633' }, 'smartctl_device_smart_status')).toBe('node/gpu-7');
    expect(entity({ model_name: 'EPYC 9654', instance: 'gpu-7:9100' }, 'node_cpu_info')).toBe('node/gpu-7');
  });

  it('is a table in dbt', () => {
    expect(entity({ model: 'orders', job: 'dbt-exporter' })).toBe('table/orders');
    expect(entity({ model: 'orders' }, 'dbt_test_failures')).toBe('table/orders');
  });

  it('is one beside metrics of a machine, when the rule reads others too', () => {
    expect(entity({ model: 'ranker' }, 'ranker_score', 'node_load1')).toBe('model/ranker');
    expect(entity({ model: 'ranker', job: 'node-exporter' }, 'ranker_score')).toBe('model/ranker');
  });
});

describe('the index of a card', () => {
  it('names it with its host only', () => {
    expect(entity({ gpu: '3' })).toBeNull();
    expect(entity({ gpu: '3', Hostname: 'gpu-7' })).toBe('gpu/gpu-7/3');
    expect(entity({ gpu: '3', Hostname: 'gpu-8' })).toBe('gpu/gpu-8/3');
  });
});

describe('a machine under several names', () => {
  it.each([{ instance: 'gpu-7:9100' }, { node: 'gpu-7' }, { Hostname: 'GPU-7.example.org' }, { nodename: 'gpu-7.example.org', instance: '10.0.0.7:9100' }])(
    'is one: %o',
    (object) => {
      expect(entity(object as Readonly<Record<string, string>>)).toBe('node/gpu-7');
    },
  );

  it('is none when the name is another one for everybody', () => {
    expect(entity({ instance: 'localhost:9100' })).toBeNull();
    expect(entity({ instance: '127.0.0.1:9100' })).toBeNull();
  });
});

describe('a label of several meanings', () => {
  it('deployment: of Kubernetes, Ray Serve or Prefect', () => {
    expect(entity({ deployment: 'ranker' }, 'kube_deployment_status_replicas')).toBe('workload/ranker');
    expect(entity({ deployment: 'Ranker' }, 'ray_serve_deployment_error_counter')).toBe('servedeployment/Ranker');
    expect(entity({ deployment_name: 'prod' }, 'prefect_deployments')).toBe('pipeline/prod');
    expect(entity({ deployment_name: 'ranker' })).toBe('workload/ranker');
  });

  it('queue: of RabbitMQ or Volcano', () => {
    expect(entity({ queue: 'scoring', vhost: '/' })).toBe('queue/scoring');
    expect(entity({ queue: 'research' }, 'volcano_job_share')).toBe('jobqueue/research');
  });

  it('service: a path in Seldon, a Kubernetes service of an exporter, or what it says', () => {
    expect(entity({ service: '/api/v1.0/predictions' }, 'seldon_api_executor_server_requests_seconds_count')).toBeNull();
    expect(entity({ service: 'kps-kube-state-metrics', job: 'kube-state-metrics' })).toBeNull();
    expect(entity({ service: 'search' })).toBe('service/search');
  });

  it('host: a machine, or the header of a request', () => {
    expect(entity({ host: 'gpu-7' })).toBe('node/gpu-7');
    expect(entity({ host: 'shop.example.org' }, 'nginx_ingress_controller_requests')).toBeNull();
  });
});

describe('a rule that is blind', () => {
  it('is about its data source, whatever is left of the labels', () => {
    expect(entity({ alertname: 'DatasourceNoData', datasource_uid: 'P1', rulename: 'Latency', model: 'ranker' })).toBe('datasource/P1');
  });
});

describe('an Xid', () => {
  it('is a fault of the card and not the name of one', () => {
    expect(entity({ xid: '79', err_code: '79', UUID: 'GPU-1', Hostname: 'gpu-7' }, 'DCGM_FI_DEV_XID_ERRORS')).toBe('gpu/GPU-1');
    expect(entity({ xid: '79', err_code: '79' }, 'DCGM_FI_DEV_XID_ERRORS')).toBeNull();
  });
});
