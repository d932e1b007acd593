// Which metrics tell the domain of a rule that reads them: data, by the beginning of their names. Extend it freely.

import type { Domain } from '../model/severity.ts';

/** Beginnings of metric names that speak for one domain with one weight. */
export interface MetricPrefixes {
  readonly domain: Domain;
  /** In nats: how much likelier the metric makes the domain. */
  readonly weight: number;
  /**
   * Whole segments of names, cut at `_` and `:`, in any case, separated by blanks: `node` begins `node_load1` and not `nodejs_heap`. Of
   * several that begin a name the longest counts.
   */
  readonly prefixes: string;
}

/** The metrics of the usual exporters, servers and platforms. */
export const METRIC_PREFIXES: readonly MetricPrefixes[] = [
  {
    domain: 'infra',
    weight: 4,
    prefixes: `
      node machine kube kubelet cadvisor container problem_gauge problem_counter windows wmi ipmi redfish smartctl smartmon hwmon nvme mdadm systemd
      dcgm nvidia nvml nvidia_smi nv_gpu amd_gpu gpu habanalabs neuroncore neuron_hardware tpu jetson tegra nccl infiniband rdma slurm volcano kueue
      karpenter cluster_autoscaler vpa keda ray_node ray_gcs ray_cluster ray_object_store ray_memory_manager kuberay
      apiserver kubernetes etcd rest_client scheduler kube_scheduler kubeproxy coredns cilium calico felix typha kubevirt
      snmp ifhcinoctets ifhcoutoctets ifinerrors ifouterrors ifoperstatus ifadminstatus bgp frr junos arista mikrotik unifi ping wireguard
      apcupsd network_ups_tools ups pdu modbus ceph rook zfs zpool lustre gpfs gluster longhorn minio openebs linstor drbd nfs openshift cluster_operator
      libvirt vmware vsphere pve proxmox hyperv openstack ovn ovs nomad docker engine_daemon crio containerd velero machine_config mcd mapi
      prometheus alertmanager thanos cortex mimir loki tempo promtail grafana pushgateway otelcol fluentd fluentbit scrape tsdb vm_promscrape vmalert vmagent
      chrony ntp timex aws_ec2 aws_ebs azure_vm gcp_compute stackdriver_gce eks gke_node harbor registry
    `,
  },
  {
    domain: 'infra',
    weight: 2.5,
    prefixes:
      'ray process workqueue controller_runtime consul vault nomad_client jenkins gitlab_runner argocd gotk flux blackbox_exporter backup restic up_time',
  },
  {
    domain: 'infra',
    weight: 1,
    prefixes:
      'up absent kube_pod_labels kube_pod_info kube_pod_owner kube_node_labels kube_node_info kube_namespace_labels node_uname_info namespace_workload_pod',
  },
  {
    domain: 'data',
    weight: 4,
    prefixes: `
      airflow dagster prefect argo_workflows oozie luigi nifi spark metrics_executor metrics_master metrics_worker spark_application flink beam storm hadoop hdfs yarn
      namenode datanode hbase hive trino presto druid pinot dremio iceberg hudi delta dbt great_expectations soda monte_carlo fivetran airbyte
      kafka kminion burrow zookeeper zk strimzi redpanda vectorized schema_registry debezium pulsar bookkeeper nats gnatsd jetstream rabbitmq activemq artemis
      emqx mosquitto mqtt hivemq nsq aws_sqs aws_kinesis pubsub stackdriver_pubsub eventhub
      redis memcached valkey dragonfly hazelcast ignite aerospike scylla cassandra pg postgres postgresql pgbouncer pgpool cnpg patroni pgbackrest barman
      mysql mariadb galera proxysql mongodb mongod elasticsearch opensearch solr clickhouse clickhousemetrics clickhouseprofileevents clickhouseasyncmetrics chi_clickhouse
      cockroachdb sql tidb tikv pd influxdb timescaledb questdb couchdb couchbase cb cbnode neo4j arangodb oracledb mssql db2 snowflake bigquery redshift databricks
      aws_rds aws_dynamodb aws_redshift aws_elasticache milvus qdrant weaviate chroma pinecone vector_index collection rest_responses feast tecton hopsworks feature
      featurestore feature_store data_quality dataset table pipeline etl dag freshness lakefs db database wal
    `,
  },
  {
    domain: 'data',
    weight: 2.5,
    prefixes: 'queue stream topic consumer ingestion ingest batch_job cache logstash filebeat vector data delayed_job temporal job_last_success',
  },
  {
    domain: 'model',
    weight: 4,
    prefixes: `
      vllm ray_vllm tgi ts_inference ts_queue ts nv_inference nv_trt nv_cache nv_model triton seldon kserve request_predict request_preprocess request_postprocess
      request_explain sglang trtllm ollama llamacpp tensorflow tf_serving bentoml mlserver mlmodel ml training training_operator pytorch torch torchserve kubeflow
      katib evidently nannyml whylabs arize fiddler model models prediction predictions predictor inference llm genai gen_ai openai anthropic bedrock lora
      embedding drift data_drift train trainer tokens rag langchain langfuse dynamo tpot ttft
    `,
  },
  {
    domain: 'application',
    weight: 4,
    prefixes: `
      http http_server http_request http_requests request requests nginx traefik haproxy envoy istio kong apache caddy linkerd ambassador contour apisix
      grpc rpc flask django starlette fastapi uvicorn gunicorn rails ruby sidekiq puma phpfpm php_fpm tomcat spring hikaricp resilience4j nodejs dotnet
      aspnetcore slo sli error_budget errorbudget pyrra sloth api web gateway revision activator autoscaler ray_serve mlflow litellm keycloak ssl certmanager
      aws_alb aws_elb aws_applicationelb aws_apigateway aws_lambda cloudfront router service response traces_spanmetrics calls span_metrics traces_service_graph
      gitlab gitaly graphql websocket probe_http probe_ssl circuit_breaker unicorn passenger x509
    `,
  },
  { domain: 'application', weight: 2.5, prefixes: 'probe jvm app application celery rq error errors latency go python workhorse client' },
  {
    domain: 'business',
    weight: 4,
    prefixes: `
      revenue order orders checkout cart basket payment payments conversion business kpi sales sale subscription subscriptions signup signups sign_up user users
      customer customers cost costs spend billing invoice opencost kubecost aws_billing node_total_hourly_cost node_cpu_hourly_cost node_gpu_hourly_cost
      node_ram_hourly_cost pv_hourly_cost litellm_spend litellm_remaining_team_budget litellm_remaining_api_key_budget litellm_team_max_budget
      litellm_provider_remaining_budget llm_cost openai_cost stripe shop store_sales campaign ad_spend ads impressions clicks bookings booking purchase purchases refund refunds churn
    `,
  },
];
