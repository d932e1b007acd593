// Reads the labels or the annotations of one alert.

import type { Labels } from '../model/labels.ts';
import { describeJson, type Fault, fault, pointerTo } from './fault.ts';
import { isJsonObject, wellFormed } from './json-object.ts';
import { ALERT_LIMITS, fits } from './limits.ts';

/** Whether `labels` or `annotations` are read: they differ in how long a value may be. */
export type LabelSetMember = 'labels' | 'annotations';

const VALUE_BYTES = { labels: ALERT_LIMITS.labelValueBytes, annotations: ALERT_LIMITS.annotationValueBytes } as const;

/**
 * Reads a label set, or says what is wrong with it. Missing or null is an empty set. An empty or
 * null value is left out, since to Prometheus an empty label is none. Numbers and booleans become
 * text; objects and arrays are a fault, and so is anything beyond the limits.
 */
export function readLabelSet(value: unknown, member: LabelSetMember, alertPointer: string): Labels | Fault {
  const labels = new Map<string, string>();
  if (value === undefined || value === null) return labels;
  const pointer = () => `${alertPointer}/${member}`;
  if (!isJsonObject(value)) return fault(pointer(), `must be an object of texts, not ${describeJson(value)}`);
  const names = Object.keys(value);
  if (names.length > ALERT_LIMITS.labels) return fault(pointer(), `has ${names.length} members; at most ${ALERT_LIMITS.labels} are allowed`);
  const valueBytes = VALUE_BYTES[member];
  for (const name of names) {
    if (name === '') return fault(pointer(), 'has a member without a name');
    // A name too long to keep is too long for a pointer as well.
    if (!fits(name, ALERT_LIMITS.nameBytes)) return fault(pointer(), `has a name beyond ${ALERT_LIMITS.nameBytes} bytes`);
    const text = textOf(value[name]);
    if (text === null) return fault(pointerTo(pointer(), name), `must be a text, not ${describeJson(value[name])}`);
    if (!fits(text, valueBytes)) return fault(pointerTo(pointer(), name), `is longer than the ${valueBytes} bytes allowed`);
    if (text !== '') labels.set(wellFormed(name), wellFormed(text));
  }
  return labels;
}

function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value;
  if (value === null) return '';
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
}
