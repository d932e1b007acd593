// Sizes in bytes, as Prometheus writes them: `64MiB`.

const PATTERN = /^(\d+)(?:([KMG])i?)?B?$/;
const POWERS: Readonly<Record<string, number>> = { K: 1024, M: 1024 ** 2, G: 1024 ** 3 };

/**
 * Reads a size such as `64MiB`, `512KB` or a bare number of bytes; units are powers of 1024 with and
 * without the `i`, as in Prometheus. Answers null for anything else.
 */
export function parseByteSize(text: string): number | null {
  const match = PATTERN.exec(text);
  if (match === null) return null;
  const size = Number(match[1]) * (POWERS[match[2] ?? ''] ?? 1);
  return Number.isSafeInteger(size) ? size : null;
}

/** Writes a size so that `parseByteSize` gives it back, in the largest unit that comes out even. */
export function writeByteSize(size: number): string {
  for (const unit of ['G', 'M', 'K']) {
    const power = POWERS[unit] ?? 1;
    if (size > 0 && size % power === 0) return `${size / power}${unit}iB`;
  }
  return `${size}B`;
}
