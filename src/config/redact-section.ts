// `redact`: which labels and annotations are kept out of messages and records.

import type { Redaction } from '../correlate/policy.ts';
import { readMap, type Setting, warn } from './setting.ts';
import { given, readNames } from './setting-value.ts';

/** What holds where there is no `redact`: nothing is kept out. */
export const DEFAULT_REDACTION: Redaction = { labels: new Set(), annotations: new Set() };

/** Reads the section `redact`. */
export function readRedact(setting: Setting): Redaction {
  const fields = readMap(setting, { known: ['labels', 'annotations'] });
  const labels = new Set(given(fields?.get('labels'), readNames) ?? []);
  if (labels.has('alertname')) warn(setting, 'names alertname, which titles show all the same; what incidents are called by cannot be kept out');
  return { labels, annotations: new Set(given(fields?.get('annotations'), readNames) ?? []) };
}
