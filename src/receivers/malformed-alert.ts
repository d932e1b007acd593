// Keeps what could not be understood, so that a person can look at it.

import type { MalformedAlert } from '../correlate/event.ts';
import type { Fault } from './fault.ts';
import { EXCERPT_BYTES } from './limits.ts';

/** The record of an alert that was refused alone, with its JSON text, cut at 16 KiB. */
export function malformedAlert(fault: Fault, value: unknown): MalformedAlert {
  return { pointer: fault.pointer, detail: fault.detail, raw: excerptOf(value) };
}

function excerptOf(value: unknown): string {
  const text = jsonOf(value);
  if (text.length * 3 <= EXCERPT_BYTES) return text;
  const { read } = new TextEncoder().encodeInto(text, new Uint8Array(EXCERPT_BYTES));
  return text.slice(0, read);
}

/** `JSON.parse` reads any depth, `JSON.stringify` throws a RangeError where the stack ends. */
function jsonOf(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch (error) {
    if (error instanceof RangeError) return '"(nested too deeply to be shown)"';
    throw error;
  }
}
