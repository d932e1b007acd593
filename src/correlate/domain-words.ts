// Which words tell the domain of an alert: data. Extend it freely.

import type { Domain } from '../model/severity.ts';

/** Words and phrases that speak for one domain with one weight. */
export interface WordsOfDomain {
  readonly domain: Domain;
  /** In nats: how much likelier each phrase makes the domain; 0 for phrases that say nothing and hide the words within them. */
  readonly weight: number;
  /**
   * The phrases, separated by commas, as people spell them; endings such as `-s`, `-ed` and `-ing` are taken off by `stemOf`, here and in
   * the text. Where phrases overlap in a text the longest counts alone, so that `error budget` says nothing about a budget.
   */
  readonly phrases: string;
}

/** The vocabulary: what breaks, and how it breaks. A phrase that stands in two lists counts in the first. */
export const DOMAIN_WORDS: readonly WordsOfDomain[] = [
  // Conditions and parts that belong to machines and clusters whoever uses them.
  {
    domain: 'infra',
    weight: 4,
    phrases: `
      xid, ecc, edac, NVLink, NVSwitch, nccl, InfiniBand, rdma, dcgm, cuda, mig, pcie, row remap, retired page, device plugin, fabric manager, symbol error,
      gpu hang, gpu utilization, gpu memory, gpu temperature, gpu operator, fallen off bus, clock throttle, power violation, power cap, thermal, temperature, overheat,
      fan, power supply, psu, pdu, ups, battery, voltage, rack, ipmi, bmc, hardware, physical, data center, datacenter,
      oom kill, oom killer, crash loop, crashloop, crashloopbackoff, image pull, imagepullbackoff, evicted, cordon, drain, unschedulable, taint, overcommit,
      node not ready, node unready, node unreachable, node down, node unavailable, host down, host unreachable, instance down, machine down, worker node, node pool, node group,
      kubelet, kube proxy, kube api, kubernetes api, control plane, etcd, coredns, dns, ipam, pod ip, ip address, kubelet certificate, kubelet client certificate,
      persistent volume, pvc, inode, filesystem, file system, disk full, full disk, disk space, out of disk, disk pressure, disk usage, memory pressure, pid pressure, pressure stall,
      storage space, space left, read only, raid, ssd, wearout, bad sector, nvme, zfs, zpool, ceph, osd, rgw, object gateway, object store quota, lustre, gpfs, nfs, longhorn, minio,
      conntrack, arp, ntp, clock skew, clock drift, time drift, clock, network interface, interface error, packet loss, link down, link flap, bgp, ospf, mtu, nic,
      firewall, nat gateway, vpn, WireGuard, wan, snmp, speedtest, hypervisor, kernel, reboot, systemd, systemd service, swap, cpu steal, cpu throttle, thermal throttle, noisy neighbor,
      resource quota, namespace quota, DaemonSet, StatefulSet, replicaset, deployment replica, hpa, horizontal pod autoscaler, pod disruption budget, disruption budget, CronJob,
      configuration drift, config drift, node exporter, kube state metrics, target missing, target down, scrape, prometheus, alertmanager, thanos, loki, mimir, promtail,
      otel collector, alert manager, remote write, rule evaluation, recording rule, alerting rule, out of order sample, watchdog, dead mans switch, deadman, data source, datasource,
      slurm, kueue, volcano, karpenter, cluster autoscaler, cluster operator, machine config, ray node, ray head, object spilling
    `,
  },
  {
    domain: 'infra',
    weight: 2.5,
    phrases: `
      node, host, disk, pod, container, cpu, memory, oom, out of memory, gpu, accelerator, not ready, network, interface, server down, hostname, kube, kubernetes, k8s,
      namespace, quota, volume usage, bucket, storage, load average, load per core, file descriptor, machine, vm, virtual machine, bare metal, smart, autoscaler, api server, apiserver,
      camera, sensor, router, switch, gateway offline, edge device, edge box, firmware, agent outdated, outdated agent, ping, ssh, uptime, iowait, io wait, mount, port error,
      log collector, secret, vault, consul, jenkins, ci, runner, build agent, velero, registry, exporter, argocd, argo cd, flux, kustomization, helm release, admission, cilium, calico
    `,
  },
  {
    domain: 'infra',
    weight: 1.25,
    phrases: `
      instance, cluster, cloud, region, zone, throttle, power, link, agent, hub, box, edge, operator, controller, scheduling, scheduler, resource, capacity, core, scale, restart, terminated,
      offline, device, volume, monitoring, backup, snapshot, upgrade, version mismatch, job pending, socket, infra, infrastructure, platform, sre, metric
    `,
  },

  // Data in motion and at rest, and the systems that hold it.
  {
    domain: 'data',
    weight: 4,
    phrases: `
      freshness, feature stale, stale feature, stale data, data stale, feature store data stale, stale table, table stale, dataset stale, stale dataset, stale partition, source stale, index stale,
      materialization, materialisation, materialize, materialise, feature store, feature lookup, feature serving, feature view, feature table, feature latency, online store, offline store,
      null rate, missing rate, null value, missing value, null feature, missing feature, feature null, row count, zero rows, duplicate row, data quality, data validation, great expectations,
      gx, unexpected percent, unexpected value, expectation failed, completeness, data contract, data volume, data anomaly, data ingestion, data loss, data corruption, data delay, late data, late arriving, missing data, annotator, annotation agreement, label quality, golden set, gold set,
      schema violation, schema change, schema drift, schema mismatch, schema registry, dbt, dag, dag run, sla miss, etl, elt, backfill, data pipeline, data lake, lakehouse, warehouse, cdc, change data capture,
      consumer lag, lag of consumer, consumer group, consumergroup, consumer offset, offset commit, dead letter, dlq, under replicated, underreplicated, offline partition, under min isr, isr, partition leader,
      unclean leader, active controller, log dir, replication lag, replication slot, replica lag, replication broken, oplog, binlog, innodb, slow query, deadlock, dead tuple, vacuum, autovacuum,
      wraparound, bloat, tablespace, keyspace, compaction, tombstone, sstable, memtable, watermark, flink checkpoint, savepoint, checkpoint duration, evicted key, rdb, aof, bgsave, rejected connections,
      kafka, rabbitmq, RabbitMQ, pulsar, redpanda, nats server, nats stream, nats cluster, nats consumer, nats connection, jetstream, ActiveMQ, ZooKeeper, postgres, PostgreSQL, MySQL, MariaDB, galera, MongoDB, redis, valkey, memcached, cassandra, scylla, ScyllaDB, ElasticSearch, OpenSearch, solr,
      ClickHouse, snowflake, BigQuery, redshift, databricks, DynamoDB, CockroachDB, tidb, InfluxDB, timescale, TimescaleDB, RocksDB, CouchDB, couchbase, neo4j, milvus, qdrant, weaviate, pinecone, aerospike, vector store, vector database,
      vector db, vector index, hdfs, hadoop, hive, HBase, trino, presto, druid, pinot, iceberg, delta lake, airflow, dagster, prefect, flink, spark, debezium, kafka connect, airbyte, fivetran, nifi, feast, tecton,
      PgBouncer, patroni, sqs, kinesis, pubsub, rds, emqx, mosquitto
    `,
  },
  {
    domain: 'data',
    weight: 2.5,
    phrases: `
      database, db, sql, table, topic, partition, broker, queue, backlog, dataset, feature, pipeline, lag, replication, ingest, ingestion, batch job, message ready, unacked, unacknowledged, redelivered,
      unroutable, consumer, producer, mqtt, index, data, null, row, read error, write error, read failure, write failure, schema, feed, cache, hit rate, etl job, job late, upstream table, collection, shard, vector, rebalance, too many connections, transaction id, locks,
      task failed, task failure, scheduler heartbeat, zombie task, late event, data platform, data engineering, analytics, search index
    `,
  },
  {
    domain: 'data',
    weight: 1.25,
    phrases:
      'stream, event, late, gap, incomplete, job failed, connector, label, vendor, task, batch, message, publish, query, record, workflow, checkpoint, anomaly, offset, leader, primary, replica, replica set, import, export, sync',
  },

  // Models: what they answer, how they are served and trained.
  {
    domain: 'model',
    weight: 4,
    phrases: `
      drift, data drift, feature drift, concept drift, prediction drift, covariate shift, dataset shift, psi, population stability, kl divergence, wasserstein, ks statistic, accuracy, auc, roc, recall, f1, f1 score, rmse, mae, mape, mse,
      mean absolute error, mean squared error, log loss, ndcg, calibration, brier, precision recall, false positive, false negative, fp rate, fpr, fnr, prediction distribution, score distribution, prediction confidence,
      confidence, hallucination, toxicity, groundedness, faithfulness, perplexity, bleu, rouge, fairness, bias, guardrail, jailbreak, prompt injection, quality gate,
      model stale, stale model, model staleness, model quality, model performance, model degradation, model decay, model version, model registry, model server, model serving, model load, model not loaded, model unavailable,
      model endpoint, model deployment, model latency, embedding, ttft, time to first token, tpot, time per output token, inter token latency, kv cache, gpu cache usage, vLLM, LLM, sglang, tgi, triton,
      TorchServe, KServe, seldon, inferenceservice, inference service, ollama, bentoml, tensorflow serving, training loss, validation loss, eval loss, loss spike, loss diverge, training stalled, training job,
      training checkpoint, checkpoint of training, training run checkpoint, model checkpoint, checkpoint save, training run, training throughput, retraining, fine tuning, finetuning, epoch, gradient, hyperparameter,
      nan loss, loss nan, learning rate, completion token, prompt token, input token, output token, tokens per second, token throughput, generation throughput, speculative decoding, context length, lora, rag,
      retrieval quality, inference, inference latency, inference error, prediction, prediction latency, prediction error, predict, predictor, mlmodel, champion, challenger, shadow model, PyTorch, PyTorchJob, TensorFlow, katib, kubeflow,
      mpi job, mfu, outlier detection, outlier score, TensorRT, deepspeed, sagemaker, vertex ai, bedrock, openai, OpenAI, anthropic, huggingface, hugging face
    `,
  },
  {
    domain: 'model',
    weight: 2.5,
    phrases: `
      model, training, trainer, prompt, token, precision, detector, classifier, recommender, ranker, ml, mlops, machine learning, neural, experiment, ai, genai, chat completion, completion, human review,
      under review, ground truth, running requests, waiting requests, requests running, requests waiting, preemption, deep learning, data science, data scientist
    `,
  },
  {
    domain: 'model',
    weight: 1.25,
    phrases: 'score, distribution, generation, loss, evaluation, quality, detection, candidate, recommendation, agent run, false alarm',
  },

  // Services as their callers see them.
  {
    domain: 'application',
    weight: 4,
    phrases: `
      5xx, 4xx, http error, http 5xx, 500 error, 502, 503, 504, server error, internal server error, error budget, latency budget, budget burn, burn rate, slo, sli, sla breach, circuit breaker, circuit open, rate limit,
      ratelimit, 429, fallback, health check, healthcheck, connection pool, ingress, request latency, api latency, api error, endpoint down, service down, service unavailable, api down, website, site down, apdex, rps,
      requests per second, load balancer, ray serve, nginx, traefik, HAProxy, envoy, istio, linkerd, kong, apache, cdn, certificate expiry, certificate expire, certificate expiration, certificate, cert manager, ssl, tls, cert expiry, cert expire, cert, gRPC, rest api,
      GraphQL, webhook, feature flag, jvm, gc pause, garbage collection, event loop lag, event loop, thread pool, sidekiq, celery, php fpm, phpfpm, uvicorn, gunicorn, tomcat, unhandled exception, page load, keycloak, OAuth,
      authentication failure, auth failure, access token, auth token, refresh token, api token, microservice
    `,
  },
  {
    domain: 'application',
    weight: 2.5,
    phrases: `
      http, request error, service, api, endpoint, request, error rate, p99, p95, p90, p50, blackbox, probe, timeout, timed out, response time, availability, frontend, app, application, route, proxy, serve application,
      frame rate, fps, success rate, user facing, gateway timeout, retry storm, exception, login, heap, web, traffic, request volume, qps, MLflow, LiteLLM, backend, latency, deployment rollback
    `,
  },
  {
    domain: 'application',
    weight: 1.25,
    phrases:
      'error, slow, failure rate, down, response, gateway, connection, rollout, release, sla, answer, unavailable, upstream, thread, worker, saturation, throughput, concurrency, session, panic, log error',
  },

  // Money, customers and what they do.
  {
    domain: 'business',
    weight: 5,
    phrases: `
      revenue, conversion, conversion rate, cost, cost per, spend, overspend, billing, gmv, budget exceeded, over budget, budget spent, budget exhausted, monthly budget, daily budget, budget pacing, ad spend, cloud cost,
      gpu cost, token cost, cost anomaly, opencost, kubecost, chargeback, order volume, trading volume, sales volume, transaction volume, orders per minute, sales drop
    `,
  },
  {
    domain: 'business',
    weight: 4,
    phrases: `
      order, checkout, cart, basket, churn, ctr, click through, clickthrough, payment, fraud rate, invoice, sign up, signup, active user, dau, mau, refund, kpi, approval rate, stockout, sales, booking,
      purchase, gross margin, profit, customer satisfaction, nps, csat, abandonment, ad impression, impression, click, bid, campaign, win rate, fill rate, roi, roas, price, add to cart, transactions per minute,
      engagement, user retention, customer retention, above plan, below plan, usd, dollar, payout, new user, customer complaint
    `,
  },
  {
    domain: 'business',
    weight: 2.5,
    phrases:
      'business, budget, customer, user count, number of users, shop, merchant, advertiser, store sales, shipment, delivery time, finance, contract, subscription, inventory, visitor, wallet, settlement, margin, loan, credit, savings, drop off',
  },
  { domain: 'business', weight: 1.25, phrases: 'product, partner, market, user, subscriber, trading, fraud, transaction' },

  // Phrases that say nothing.
  {
    domain: 'unknown',
    weight: 0,
    phrases: `
      business hour, in order to, out of order, at the cost of, service account, service discovery, service monitor, data returned, no data, order of magnitude, metrics server, memory request, cpu request, resource request,
      requests and limits, runbook, user id, user space, user agent, table of content, metric value, current value, value
    `,
  },
];
