// The name of a receiver where one is referred to.

import { suggestion } from './near-miss.ts';
import { fault, type Setting } from './setting.ts';
import { readName } from './setting-value.ts';

/** Reads the name of one of the receivers that there are. */
export function readReceiverReference(setting: Setting, receivers: ReadonlySet<string>): string | null {
  const name = readName(setting);
  if (name === null || receivers.has(name)) return name;
  const known = [...receivers].map((receiver) => JSON.stringify(receiver)).join(', ');
  fault(setting, `there is no receiver ${JSON.stringify(name)}${suggestion(name, receivers)}; receivers has ${known === '' ? 'none' : known}`);
  return null;
}
