// Which kinds of entity and which labels hint at the domain of an alert: data. Extend it freely.

import type { Domain } from '../model/severity.ts';

/** Names that speak for one domain with one weight. */
export interface NamesOfDomain {
  readonly domain: Domain;
  /** In nats: how much likelier each name makes the domain. */
  readonly weight: number;
  /** The names, separated by blanks. */
  readonly names: string;
}

/** Words of the kinds of entities; a kind of several words, such as `feature_table`, says what the words of it say. Those of `DOMAIN_WORDS` count too. */
export const KIND_WORDS: readonly NamesOfDomain[] = [
  {
    domain: 'infra',
    weight: 2,
    names: `
      node host pod gpu accelerator volume pvc disk switch datasource workload machine vm instance nic device gateway router camera sensor box ups pdu rack server
      namespace deployment statefulset daemonset container cluster network link interface wan hub registry bucket storage datacenter site partition cronjob mig
      hca filesystem
    `,
  },
  {
    domain: 'data',
    weight: 2,
    names: `
      table relation view dag pipeline feature featureview topic queue broker database db keyspace collection consumergroup store dataset source feed cache
      schema mart warehouse lake flow task asset job connector index shard workflow
    `,
  },
  { domain: 'data', weight: 1, names: 'stream' },
  {
    domain: 'model',
    weight: 2,
    names: 'model mlmodel inferenceservice seldon training trainer trainingjob predictor detector classifier ranker recommender endpoint_model experiment run',
  },
  { domain: 'application', weight: 2, names: 'service svc application app api route endpoint ingress function frontend backend probe' },
  { domain: 'business', weight: 4, names: 'kpi business revenue' },
  { domain: 'business', weight: 2, names: 'product campaign customer advertiser merchant market' },
];

/** Labels that an alert of a domain tends to carry, whatever their values. */
export const LABEL_NAMES: readonly NamesOfDomain[] = [
  {
    domain: 'infra',
    weight: 1,
    names: `
      mountpoint fstype device gpu UUID xid err_code modelName GPU_I_ID GPU_I_PROFILE pci_bus_id persistentvolumeclaim node daemonset statefulset resourcequota
      ifName ifDescr ifIndex cpu sensor chip volumename switch guid hca osd ceph_daemon pool_id hpc_job cluster_queue
    `,
  },
  {
    domain: 'data',
    weight: 1,
    names: `
      dag_id task_id dag pipeline_name asset_name flow_name work_pool_name consumergroup consumer_group topic vhost queue datname relname keyspace
      collection_name db_name feature_view feature_table table table_name dataset schema index connector dbt_model application_id executor_id operator_name
    `,
  },
  { domain: 'model', weight: 1, names: 'model model_name ModelName model_id model_version inferenceservice predictor_name engine litellm_model_name' },
  {
    domain: 'application',
    weight: 1,
    names:
      'slo sloth_slo slo_name sloth_service sli route handler path endpoint_path status_code http_method ingress upstream exported_service svc long_window long',
  },
  { domain: 'business', weight: 2, names: 'kpi campaign sku' },
];

/** Labels whose values are read as words, as they name what a rule is about, its source or its team. */
export const LABELS_READ: readonly string[] = [
  'job',
  'grafana_folder',
  'service',
  'component',
  'category',
  'subsystem',
  'type',
  'group',
  'area',
  'layer',
  'tier',
  'app',
  'team',
  'owner',
  'kpi',
  'namespace',
];
