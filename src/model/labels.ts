// Labels: how they are held, compared and fingerprinted.

/**
 * A set of labels or annotations, name to value.
 *
 * A map and not an object: names come from outside, and `__proto__` is a legal one.
 */
export type Labels = ReadonlyMap<string, string>;

/** An empty set of labels. */
export const NO_LABELS: Labels = new Map();

/** Makes labels of a parsed JSON object; values must be strings already. */
export function labelsFromObject(object: Readonly<Record<string, string>>): Labels {
  return new Map(Object.entries(object));
}

/** Makes a JSON object of labels, in the map's order; safe for a label named `__proto__`. */
export function labelsToObject(labels: Labels): Record<string, string> {
  return Object.fromEntries(labels);
}

/**
 * Compares two texts by UTF-16 code unit and never by locale: negative, zero or positive,
 * as `Array.prototype.sort` wants it.
 */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * The fingerprint of a label set as Prometheus computes it: 16 hex digits.
 *
 * FNV-1a with 64 bits over the sorted names and values in UTF-8, each followed by the byte 0xff
 * (prometheus/common, `model/signature.go`). Names sort by their UTF-8 bytes, as in Go.
 */
export function fingerprintOf(labels: Labels): string {
  const hash = new Fnv64();
  for (const name of [...labels.keys()].sort(compareUtf8)) {
    hash.text(name).byte(0xff);
    hash.text(labels.get(name) ?? '').byte(0xff);
  }
  return hash.hex();
}

/** Orders texts as their UTF-8 bytes would be: by code point, where code units would misplace astral ones. */
function compareUtf8(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) {
      const surrogateX = x >= 0xd800 && x <= 0xdfff;
      const surrogateY = y >= 0xd800 && y <= 0xdfff;
      if (surrogateX !== surrogateY) return surrogateX ? 1 : -1;
      return x - y;
    }
  }
  return a.length - b.length;
}

/**
 * FNV-1a with 64 bits in two 32-bit halves; a fold over bytes whose state is read with `hex()`.
 *
 * Offset basis 0xcbf29ce484222325, prime 0x100000001b3 (Fowler, Noll, Vo; draft-eastlake-fnv).
 */
export class Fnv64 {
  #high = 0xcbf29ce4 | 0;
  #low = 0x84222325 | 0;

  /** Folds in one byte, 0 to 255. */
  byte(value: number): this {
    const low = this.#low ^ value;
    // hash * (2^40 + 0x1b3), modulo 2^64, in integers of 32 bits: the lower half in two parts of 16
    const product = (low & 0xffff) * 0x1b3;
    const upper = (low >>> 16) * 0x1b3 + (product >>> 16);
    this.#high = (Math.imul(this.#high, 0x1b3) + (upper >>> 16) + (low << 8)) | 0;
    this.#low = (upper << 16) | (product & 0xffff);
    return this;
  }

  /** Folds in the UTF-8 bytes of a text; a lone surrogate counts as U+FFFD, as encoders write it. */
  text(text: string): this {
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      if (unit < 0x80) {
        this.byte(unit);
        continue;
      }
      let point = text.codePointAt(i) ?? 0xfffd;
      if (point > 0xffff) i += 1;
      else if (point >= 0xd800 && point <= 0xdfff) point = 0xfffd;
      if (point < 0x800) this.byte(0xc0 | (point >> 6));
      else {
        if (point < 0x10000) this.byte(0xe0 | (point >> 12));
        else this.byte(0xf0 | (point >> 18)).byte(0x80 | ((point >> 12) & 0x3f));
        this.byte(0x80 | ((point >> 6) & 0x3f));
      }
      this.byte(0x80 | (point & 0x3f));
    }
    return this;
  }

  /** The 16 hex digits of the hash so far. */
  hex(): string {
    return (this.#high >>> 0).toString(16).padStart(8, '0') + (this.#low >>> 0).toString(16).padStart(8, '0');
  }
}
