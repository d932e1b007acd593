// How members of a parsed body are read: only its own ones, whatever they are called.

/** A parsed JSON object. `JSON.parse` makes every member an own one, `__proto__` too. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Whether a parsed JSON value is an object, neither null nor an array. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A member that is a text; null when it is missing, null or anything else. */
export function textMember(object: JsonObject, name: string): string | null {
  const value = object[name];
  return typeof value === 'string' ? value : null;
}

/** ES2024, in Node since 20; the compiler's library for es2023 does not name it. */
interface WellFormable {
  toWellFormed(): string;
}

/**
 * The text with lone surrogates replaced by U+FFFD, as Go reads JSON. UTF-8 has no form for them:
 * kept, a label would not be the same once it was stored.
 */
export function wellFormed(text: string): string {
  return (text as unknown as WellFormable).toWellFormed();
}
