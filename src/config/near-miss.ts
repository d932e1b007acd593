// What someone may have meant who wrote a word that is not known.

/** The known word that is nearest to the one written, or null when none is near enough to be a slip. */
export function nearMiss(written: string, known: Iterable<string>): string | null {
  let best: string | null = null;
  let least = Math.min(3, Math.ceil(written.length / 3)) + 1;
  for (const word of known) {
    const distance = editDistance(written.toLowerCase(), word.toLowerCase());
    if (distance < least) {
      best = word;
      least = distance;
    }
  }
  return best;
}

/** ` (did you mean "routes"?)` to be put after a message, or nothing when no known word is near. */
export function suggestion(written: string, known: Iterable<string>): string {
  const word = nearMiss(written, known);
  return word === null ? '' : ` (did you mean "${word}"?)`;
}

/**
 * How many letters have to be put in, left out, replaced or swapped with their neighbour to make
 * one word of the other (optimal string alignment distance, Damerau 1964).
 */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let distance = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) distance = Math.min(distance, (beforeLast[j - 2] ?? 0) + 1);
      row.push(distance);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? 0;
}
