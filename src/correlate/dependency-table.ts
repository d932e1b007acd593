// Which dependencies the labels of one alert prove by themselves: data, tried from the top.

import type { SourceName } from './entity-sources.ts';
import type { Role } from './entity-table.ts';

/** One line of the table: when an alert's labels name both, `from` depends on `to`. */
export interface DependencyRow {
  readonly from: Role;
  readonly to: Role;
  /** Only when the name of `to` begins with that of `from`, as the name of a pod does with its workload's. */
  readonly byName?: boolean;
  /** Only when the labels do not name this as well, which then stands between the two. */
  readonly without?: Role;
  /** Only in series of these sources. */
  readonly only?: readonly SourceName[];
  /** Not in series of these. */
  readonly not?: readonly SourceName[];
}

/** The dependencies, the surest first; only so many of one alert are kept. */
export const DEPENDENCY_ROWS: readonly DependencyRow[] = [
  { from: 'pod', to: 'node' },
  { from: 'mig', to: 'gpu' },
  { from: 'gpu', to: 'node' },
  { from: 'pod', to: 'mig' },
  { from: 'pod', to: 'gpu' },
  { from: 'job', to: 'gpu' },
  { from: 'workload', to: 'pod', byName: true },
  { from: 'job', to: 'pod', byName: true },
  { from: 'cronjob', to: 'job', byName: true },
  { from: 'service', to: 'pod', byName: true },
  { from: 'pod', to: 'volume' },

  { from: 'model', to: 'gpu' },
  { from: 'model', to: 'workload', not: ['drift', 'gateway', 'litellm'] },
  { from: 'model', to: 'pod', only: ['serving', 'torchserve', 'seldon', 'seldon-v2'] },
  { from: 'model', to: 'pod', byName: true },
  { from: 'inferenceservice', to: 'model' },
  { from: 'inferenceservice', to: 'pod', byName: true },
  { from: 'seldon', to: 'predictor' },
  { from: 'predictor', to: 'model' },
  { from: 'seldon', to: 'model', without: 'predictor' },
  { from: 'seldon', to: 'pod', byName: true },
  { from: 'model', to: 'model-server' },
  { from: 'requested-model', to: 'model-id' },
  { from: 'model', to: 'model-id' },
  { from: 'model-id', to: 'api' },
  { from: 'requested-model', to: 'model', without: 'model-id', only: ['litellm'] },
  { from: 'model', to: 'api', without: 'model-id' },
  { from: 'model', to: 'feature-view' },
  { from: 'model', to: 'feature' },

  { from: 'service', to: 'serve-deployment', only: ['ray'] },
  { from: 'serve-deployment', to: 'replica' },
  { from: 'replica', to: 'ray-cluster' },
  { from: 'serve-deployment', to: 'ray-cluster', without: 'replica' },
  { from: 'source-workload', to: 'destination' },
  { from: 'kpi', to: 'service' },
  { from: 'kpi', to: 'model' },

  { from: 'consumer-group', to: 'topic' },
  { from: 'topic', to: 'broker' },
  { from: 'broker', to: 'pod', only: ['kafka-broker'] },
  { from: 'queue', to: 'broker' },
  { from: 'table', to: 'dag' },
  { from: 'table', to: 'pipeline' },
  { from: 'feature-view', to: 'table' },
  { from: 'table', to: 'database' },
  { from: 'database', to: 'store' },
  { from: 'collection', to: 'store' },
  { from: 'store', to: 'pod', byName: true },
  { from: 'table', to: 'store', without: 'database', only: ['cassandra', 'postgres'] },

  { from: 'job', to: 'job-queue' },
  { from: 'job', to: 'queue', without: 'job-queue' },
  { from: 'job', to: 'local-queue' },
  { from: 'local-queue', to: 'cluster-queue' },
  { from: 'job', to: 'cluster-queue', without: 'local-queue' },
  { from: 'job', to: 'partition' },
  { from: 'nic', to: 'node' },
  { from: 'uplinked-nic', to: 'switch' },
  { from: 'uplinked-nic', to: 'node' },
];
