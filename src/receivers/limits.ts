// How large a webhook and its alerts may be. Beyond a limit an alert is refused with a detail that
// names the limit; nothing is cut, since a label cut in silence would be another alert.

const KIB = 1024;

/** The limits of one alert: counts, and UTF-8 bytes. */
export const ALERT_LIMITS = {
  /** Labels, and as many annotations. */
  labels: 256,
  nameBytes: KIB,
  labelValueBytes: 64 * KIB,
  annotationValueBytes: 256 * KIB,
  /** All of an alert that is kept: labels, annotations, links. */
  alertBytes: KIB * KIB,
} as const;

/**
 * The most alerts that a webhook may hold. A real alert takes some 300 bytes at the least, so a
 * body of 64 MiB cannot hold as many; one of `[0,0,0,…]` can, and would fill the memory.
 */
export const MAX_ALERTS = 250_000;

/** The longest group key that is kept as it came, in UTF-16 units. */
export const MAX_GROUP_KEY = 8 * KIB;

/** The bytes of a malformed alert's JSON text that are kept. */
export const EXCERPT_BYTES = 16 * KIB;

/** Whether a text takes at most so many bytes in UTF-8. A UTF-16 unit never takes more than 3. */
export function fits(text: string, bytes: number): boolean {
  return text.length * 3 <= bytes || (text.length <= bytes && Buffer.byteLength(text) <= bytes);
}
