// What the REST API is given.

import type { Config } from '../config/config.ts';
import type { Instant } from '../model/time.ts';
import type { Commands } from './commands.ts';
import type { ReadModel } from './read-model.ts';
import type { WebFiles } from './web-files.ts';

/** Whether alerts are taken in and decided. */
export interface Readiness {
  readonly ready: boolean;
  /** Whether Redis answers. */
  readonly redis: boolean;
  /** The process that owns the shard; null when none does, or it is not known. */
  readonly owner: string | null;
  /** What is weaker than it should be, one sentence each without secrets. */
  readonly warnings: readonly string[];
}

/** The metrics as text. */
export interface MetricsText {
  /** The media type with its parameters, as prom-client's registry names it. */
  readonly contentType: string;
  readonly body: string;
}

/** How a reload ended: what came into force, or the lines that say why the old configuration stays. */
export type ReloadAnswer =
  | { readonly ok: true; readonly changed: boolean; readonly hash: string; readonly warnings: readonly string[] }
  | { readonly ok: false; readonly faults: readonly string[] };

/** What the handlers need. */
export interface ApiDependencies {
  readonly readModel: ReadModel;
  readonly commands: Commands;
  /** The configuration in force, asked at each request. */
  readonly config: () => Config;
  /** Does not reject: what cannot be reached is not ready. */
  readonly readiness: () => Promise<Readiness>;
  readonly metrics: () => Promise<MetricsText>;
  /** The wall clock. */
  readonly now: () => Instant;
  /** Reads the configuration again, for whom it names; in every process, when it is valid. */
  readonly reload: (by: string) => Promise<ReloadAnswer>;
  /** What the web page is made of; null when it was not built. */
  readonly webFiles: WebFiles | null;
}
