// Which words tell the domain of an alert: data, with a weight for each.

import type { Domain } from '../model/severity.ts';

/** A pattern and what it says; patterns are matched against lower-case words joined by single spaces. */
export interface DomainWord {
  readonly pattern: RegExp;
  readonly domain: Domain;
  /** In nats: how much likelier the word makes the domain. */
  readonly weight: number;
}

const words = (domain: Domain, weight: number, ...patterns: readonly RegExp[]): DomainWord[] => patterns.map((pattern) => ({ pattern, domain, weight }));

/** Words of the rule's name, its summary and its expression. */
export const DOMAIN_WORDS: readonly DomainWord[] = [
  ...words(
    'infra',
    3,
    /\b(xid|ecc|nvlink|nccl|infiniband|dcgm)\b/,
    /\b(oom ?killed|crash ?loop\w*|evicted|cordon|drain|not ?ready)\b/,
    /\bpersistent ?volume\b/,
  ),
  ...words(
    'infra',
    2,
    /\b(node|host|disk|filesystem|kubelet|pod|container|cpu|memory|swap|gpu|thermal|throttl\w+|network|interface|etcd|raid|clock|ntp|smart|wireguard)\b/,
  ),
  ...words(
    'data',
    3,
    /\b(freshness|materiali[sz]ation|consumer ?lag|schema (violation|change|drift)|row ?count|dead ?letter|under ?replicated|null rate|missing rate|dbt)\b/,
    /\b(dag|pipeline|etl|ingest\w*|backfill|checkpoint failed)\b/,
  ),
  ...words(
    'data',
    2,
    /\b(feature|table|kafka|topic|partition|replication|cassandra|postgres\w*|rabbitmq|queue|flink|spark|dagster|airflow|warehouse|dataset|keyspace|compaction|snowflake|job (failed|late)|late|stale)\b/,
  ),
  ...words(
    'model',
    3,
    /\b(drift|psi|accuracy|auc|recall|f1|rmse|mae|calibration|hallucination|embedding|ttft|kv cache|perplexity)\b/,
    /\b(prediction|training|model stale|confidence|score distribution)\b/,
  ),
  ...words('model', 2, /\b(model|inference|seldon|triton|vllm|token)\b/),
  ...words('application', 3, /\b(error budget|slo|burn rate|circuit breaker|rate limit|5xx|429|fallback)\b/),
  ...words('application', 2, /\b(latency|p9\d|timeouts?|requests?|error rate|errors|http|rps|health ?check|connection pool|ingress|endpoint|service|api)\b/),
  ...words(
    'business',
    4,
    /\b(revenue|conversion|orders?|checkout|cart|churn|ctr|click ?through|payments?|fraud rate|cost|spend|sign ?ups?|active users|refunds?|kpi|approval rate|stockout)\b/,
  ),
];

/** What an entity's kind says by itself; kinds are compared after lower-casing. */
export const KIND_DOMAINS: readonly { readonly pattern: RegExp; readonly domain: Domain; readonly weight: number }[] = [
  { pattern: /^(node|host|pod|gpu|volume|switch|datasource|workload|machine|nic|device|gateway|vm)$/, domain: 'infra', weight: 2 },
  {
    pattern:
      /^(table|relation|dag|pipeline|feature\w*|topic|queue|broker|database|keyspace|collection|consumergroup|spark|cassandra|store|dataset|stream|source)$/,
    domain: 'data',
    weight: 2,
  },
  { pattern: /^(model|mlmodel|ml_model|inferenceservice|seldon|training|trainingjob|predictor)$/, domain: 'model', weight: 2 },
  { pattern: /^(service|svc|application|app|api|route|endpoint)$/, domain: 'application', weight: 2 },
  { pattern: /^(kpi|product|metric|business\w*)$/, domain: 'business', weight: 4 },
];
