// Which phrases of a table a text holds: the longest at each place, so that a longer phrase hides the words within it.

import { wordsOf } from './text-words.ts';

/** A tree of words: the phrases that go on from here, and the one that ends here. */
interface PhraseNode<T> {
  next: Map<string, PhraseNode<T>> | null;
  entry: T | null;
}

/** An index of phrases, each of one to a few words, that finds them in texts in time linear in the text. */
export class PhraseIndex<T> {
  readonly #root: PhraseNode<T> = { next: null, entry: null };

  /** Adds a phrase, as it is written and in lower case: `vLLM` is found as `vLLM` and as `vllm`. The first entry of a phrase stays. */
  add(phrase: string, entry: T): void {
    this.#put(wordsOf(phrase), entry);
    this.#put(wordsOf(phrase.toLowerCase()), entry);
  }

  /** The entries of the phrases in a row of words as `wordsOf` gives them, from left to right; no two share a word. */
  find(words: readonly string[]): T[] {
    const found: T[] = [];
    for (let at = 0; at < words.length; ) {
      let node: PhraseNode<T> | undefined = this.#root;
      let entry: T | null = null;
      let end = at + 1;
      for (let here = at; here < words.length; here++) {
        node = node.next?.get(words[here] ?? '');
        if (node === undefined) break;
        if (node.entry !== null) {
          entry = node.entry;
          end = here + 1;
        }
      }
      if (entry !== null) found.push(entry);
      at = end;
    }
    return found;
  }

  #put(words: readonly string[], entry: T): void {
    let node = this.#root;
    for (const word of words) {
      node.next ??= new Map();
      let next = node.next.get(word);
      if (next === undefined) {
        next = { next: null, entry: null };
        node.next.set(word, next);
      }
      node = next;
    }
    if (words.length > 0) node.entry ??= entry;
  }
}
