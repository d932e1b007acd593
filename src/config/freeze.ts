// Freezing: what was checked stays as it was.

/** Freezes objects and lists all the way down, also those in a map, and gives the value back. Functions are left as they are. */
export function freezeDeep<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const part of value instanceof Map ? value.values() : Object.values(value)) freezeDeep(part);
  return value;
}
