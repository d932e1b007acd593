// The line that says how far long work is, on a terminal only.

import type { Writable } from 'node:stream';

/** Where progress is shown. */
export type ProgressStream = Writable & { readonly isTTY?: boolean };

/** How often the line changes, in milliseconds. */
const SHOWN_EVERY = 200;

/** A line that is written over itself. */
export class Progress {
  readonly #stream: ProgressStream;
  #shownAt = 0;

  constructor(stream: ProgressStream) {
    this.#stream = stream;
  }

  /** Shows a text, unless another was shown just now; it is made only when it is shown. */
  show(text: () => string): void {
    if (this.#stream.isTTY !== true || performance.now() - this.#shownAt <= SHOWN_EVERY) return;
    this.#shownAt = performance.now();
    this.#stream.write(`\r${text()}\x1b[K`);
  }

  /** Takes the line away. */
  clear(): void {
    if (this.#shownAt > 0) this.#stream.write('\r\x1b[K');
    this.#shownAt = 0;
  }
}
