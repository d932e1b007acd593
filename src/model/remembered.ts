// Answers that are remembered, for pure functions that are asked the same again and again.

/** Longer texts are not kept. */
const LONGEST = 1000;

/**
 * The function with its answers remembered, those of at most `most` texts; when there are more, all are
 * forgotten. The function has to be pure, and what it answers is shared.
 */
export function remembered<T extends object | string | number | boolean>(answer: (text: string) => T, most = 4096): (text: string) => T {
  const answers = new Map<string, T>();
  return (text) => {
    const known = answers.get(text);
    if (known !== undefined) return known;
    const found = answer(text);
    if (text.length > LONGEST) return found;
    if (answers.size >= most) answers.clear();
    answers.set(text, found);
    return found;
  };
}
