// What is said of a webhook, or of an alert in it, that cannot be understood.

/** What is wrong and where; it never repeats a value from the body. */
export interface Fault {
  readonly kind: 'fault';
  /** JSON pointer (RFC 6901) into the body; empty for the body itself. */
  readonly pointer: string;
  /** What is wrong and what is allowed, one sentence without a full stop. */
  readonly detail: string;
}

/** Makes a fault. */
export function fault(pointer: string, detail: string): Fault {
  return { kind: 'fault', pointer, detail };
}

/** The pointer to a member of what `parent` points to, its name escaped as RFC 6901 says. */
export function pointerTo(parent: string, member: string): string {
  return `${parent}/${member.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** What a JSON value is, for a detail: `an array`, `null`, `a number`. */
export function describeJson(value: unknown): string {
  if (value === null) return 'null';
  if (value === undefined) return 'missing';
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
