// How a fault of a configuration is written for people.

import type { ConfigFault } from './config.ts';

/** Writes a fault or warning as one line: `FILE:LINE:COLUMN: message`, with `kind` before the message; without a place the message alone. */
export function formatFault({ file, line, column, message }: ConfigFault, kind = ''): string {
  const text = `${kind}${message.replace(/\s*\n\s*/g, ' ')}`;
  return file === '' ? text : `${file}:${line}:${column}: ${text}`;
}
