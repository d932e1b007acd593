// How a text is cut into words that compare: `NodeDiskFull_p99`, `node disks full` and `the disks of a node are full` share words.

/** How much of one text is read, in UTF-16 code units; what follows is left out. */
export const TEXT_READ = 1000;

/** Words that say nothing about the subject and would stand between those that do. */
const PASSED_OVER: ReadonlySet<string> = new Set(['a', 'an', 'the', 'is', 'are', 'was', 'were', 'be', 'been', 'has', 'have', 'had', 'of', 'its']);

/** How much of a rule's name is read for what it reports, in UTF-16 code units. */
const NAME_READ = 200;

/**
 * The words of a text as they stand in it: runs of ASCII letters and digits, cut where the case says so, in lower case, in their
 * order. Reads the first `most` UTF-16 code units, in one pass.
 */
export function cutWords(text: string, most: number = TEXT_READ): string[] {
  const words: string[] = [];
  const length = Math.min(text.length, most);
  let start = -1;
  for (let at = 0; at <= length; at++) {
    const kind = at < length ? kindOf(text.charCodeAt(at)) : OTHER;
    if (start >= 0 && (kind === OTHER || breaksBefore(text, at, length, kind))) {
      words.push(text.slice(start, at).toLowerCase());
      start = -1;
    }
    if (start < 0 && kind !== OTHER) start = at;
  }
  return words;
}

/** The words of a name or of prose without their endings (`stemOf`) and without those that say nothing, as phrases are looked up by them. */
export function wordsOf(text: string): string[] {
  const words: string[] = [];
  for (const word of cutWords(text)) if (!PASSED_OVER.has(word)) words.push(stemOf(word));
  return words;
}

/** The words at the beginning of a rule's name, joined by single spaces, as patterns are held against them. */
export function spokenWords(rule: string): string {
  return cutWords(rule, NAME_READ).join(' ');
}

const OTHER = 0;
const LOWER = 1;
const UPPER = 2;
const DIGIT = 3;

function kindOf(code: number): number {
  if (code >= 97 && code <= 122) return LOWER;
  if (code >= 65 && code <= 90) return UPPER;
  return code >= 48 && code <= 57 ? DIGIT : OTHER;
}

/** Whether a new word starts at a letter or digit that another precedes: `diskFull`, `GPUXid`, `http5xx`, but not `GPUs` or `p99`. */
function breaksBefore(text: string, at: number, length: number, kind: number): boolean {
  const before = kindOf(text.charCodeAt(at - 1));
  if (kind === DIGIT) return before !== DIGIT && at + 2 < length && (text.startsWith('xx', at + 1) || text.startsWith('XX', at + 1));
  if (kind !== UPPER) return false;
  if (before === LOWER) return true;
  if (before === DIGIT) return at + 1 < length && kindOf(text.charCodeAt(at + 1)) === LOWER;
  const next = at + 1 < length ? kindOf(text.charCodeAt(at + 1)) : OTHER;
  if (next !== LOWER) return false;
  const plural = text.charCodeAt(at + 1) === LETTER_S && (at + 2 >= length || kindOf(text.charCodeAt(at + 2)) !== LOWER);
  return !plural;
}

/**
 * A lower-case word without the endings of plural, past and present participle, so that `dropped`, `drops` and `dropping` are `drop`.
 * The result need not be a word: `stale` is `stal`. After the first steps of Porter's stemmer (An algorithm for suffix stripping, 1980).
 */
export function stemOf(word: string): string {
  if (word.length < 4) return word;
  const single = withoutPlural(word);
  const last = single.charCodeAt(single.length - 1);
  const stem = last === LETTER_G || last === LETTER_D ? withoutParticiple(single) : single;
  return stem.length > 3 && stem.endsWith('e') ? stem.slice(0, -1) : stem;
}

function withoutPlural(word: string): string {
  if (word.charCodeAt(word.length - 1) !== LETTER_S || word.endsWith('ss')) return word;
  if (word.length === 4) return word.slice(0, -1);
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  return word.endsWith('us') || word.endsWith('is') ? word : word.slice(0, -1);
}

function withoutParticiple(word: string): string {
  const ending = word.length > 5 && word.endsWith('ing') ? 3 : word.length > 4 && word.endsWith('ed') ? 2 : 0;
  const stem = word.slice(0, word.length - ending);
  const last = stem.charAt(stem.length - 1);
  const doubled = ending > 0 && last === stem.charAt(stem.length - 2) && last !== 'l' && last !== 's' && last !== 'z';
  return doubled ? stem.slice(0, -1) : stem;
}

const LETTER_D = 100;
const LETTER_G = 103;
const LETTER_S = 115;
