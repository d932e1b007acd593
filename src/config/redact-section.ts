// `redact`: which labels and annotations are kept out of messages and records.

import type { RedactSettings } from './redaction.ts';
import { readSecret, withFiles } from './secret-setting.ts';
import { readMap, type Setting, warn } from './setting.ts';
import { given, readNames } from './setting-value.ts';

/** What holds where there is no `redact`: nothing is kept out. */
export const DEFAULT_REDACT: RedactSettings = { labels: new Set(), annotations: new Set(), key: null };

const SHORTEST_KEY = 16;

/** Reads the section `redact`. */
export function readRedact(setting: Setting): RedactSettings {
  const fields = readMap(setting, { known: ['labels', 'annotations', ...withFiles('key')] });
  if (fields === null) return DEFAULT_REDACT;
  const labels = new Set(given(fields.get('labels'), readNames) ?? []);
  const annotations = new Set(given(fields.get('annotations'), readNames) ?? []);
  const key = readSecret(fields, 'key', (text) =>
    text.length < SHORTEST_KEY ? `is too short; at least ${SHORTEST_KEY} characters are allowed, such as "openssl rand -hex 32" prints` : null,
  );
  if (labels.has('alertname')) warn(setting, 'names alertname, which titles show all the same; what incidents are called by cannot be kept out');
  if (labels.size + annotations.size > 0 && !fields.has('key') && !fields.has('key_file'))
    warn(
      setting,
      'has no key: who guesses a value can recognise its pseudonym, and a replay of a recording decides without the values; give a key or key_file',
    );
  return { labels, annotations, key };
}
