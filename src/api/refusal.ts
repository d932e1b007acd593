// What the API answers when there is no such record, or the engine refuses a command.

import type { EventResult } from '../correlate/person.ts';
import { Problem } from './problem.ts';

/** The problem of a record that does not exist; `kind` is its name, such as `incident`. */
export function notFound(kind: string, id: string): Problem {
  return new Problem({ status: 404, code: 'not-found', detail: `there is no ${kind} ${JSON.stringify(id)}` });
}

const STATUS: Readonly<Record<string, number>> = { 'not-found': 404, 'key-reused': 422 };

/** Throws the problem of a command that was refused; returns when it was done. */
export function assertDone(result: EventResult): void {
  if (result.ok) return;
  if (result.code === 'not-decided') throw new Problem({ status: 500, code: 'internal-error', detail: result.detail });
  throw new Problem({ status: STATUS[result.code] ?? 409, code: result.code, detail: result.detail });
}
