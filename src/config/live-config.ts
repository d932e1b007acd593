// The configuration in force, and how it is read again: all that can fail comes before the swap, and a bad file leaves the old one.

import type { Config, ConfigFault } from './config.ts';
import type { ConfigResult } from './parse-config.ts';

/** How a reload ended. */
export type Reloaded =
  | { readonly ok: true; readonly changed: boolean; readonly before: string; readonly after: string; readonly warnings: readonly ConfigFault[] }
  /** Why the old configuration stays in force. */
  | { readonly ok: false; readonly faults: readonly ConfigFault[] };

/** What a configuration is kept alive with. */
export interface LiveConfigOptions {
  readonly initial: Config;
  readonly load: () => ConfigResult;
  /** Why a configuration that is valid must not come into force, as one sentence without a full stop; null when it may. */
  readonly objection: (config: Config) => string | null;
}

/** A configuration that can be replaced as a whole. */
export interface LiveConfig {
  current(): Config;
  reload(): Reloaded;
}

/** Keeps a configuration. */
export function liveConfig({ initial, load, objection }: LiveConfigOptions): LiveConfig {
  let inForce = initial;
  return {
    current: () => inForce,
    reload() {
      const loaded = load();
      if ('faults' in loaded) return { ok: false, faults: loaded.faults };
      const { config } = loaded;
      const objected = objection(config);
      if (objected !== null) return { ok: false, faults: [{ file: '', line: 0, column: 0, message: objected }] };
      const before = inForce.hash;
      const changed = before !== config.hash;
      // What is the same stays the same object, so that nothing that hangs on it is made anew.
      if (changed) inForce = config;
      return { ok: true, changed, before, after: config.hash, warnings: config.warnings };
    },
  };
}
