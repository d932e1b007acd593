// Which records of a list make a page: those that are wanted, up to a limit, found within a budget.

import { decodeCursor, encodeCursor } from './cursor.ts';
import type { Listed, ListRange } from './read-model.ts';

/** How many records are read at a time while a page is looked for. */
const STRIDE = 200;

/** How many records are looked at for one page. Beyond it the page ends and its cursor goes on. */
export const PAGE_BUDGET = 2000;

/** A search for a page. */
export interface PageSearch<T> {
  /** Reads a part of the list. */
  readonly read: (range: ListRange) => Promise<readonly Listed<T>[]>;
  readonly after: string | null;
  /** How many records the page has at most. */
  readonly limit: number;
  /** Those of the records that belong on the page; by default all. */
  readonly wanted?: (records: readonly T[]) => Promise<ReadonlySet<T>>;
  /** Whether from this record on no other can be wanted. */
  readonly ended?: (record: T) => boolean;
}

/** A page: its records in the list's order, and the position to go on behind, null at the end. */
export interface Page<T> {
  readonly records: readonly T[];
  readonly next: string | null;
}

/** Looks for a page; ends at its limit, at the list's end or at the budget, whichever comes first. */
export async function findPage<T>({ read, after, limit, wanted, ended = () => false }: PageSearch<T>): Promise<Page<T>> {
  const stride = wanted === undefined ? limit + 1 : STRIDE;
  const records: T[] = [];
  let position = after;
  for (let looked = 0; looked < PAGE_BUDGET; looked += stride) {
    const part = await read({ after: position, limit: stride });
    const chosen = wanted === undefined ? null : await wanted(part.map(({ record }) => record));
    for (const listed of part) {
      if (ended(listed.record)) return { records, next: null };
      if (chosen !== null && !chosen.has(listed.record)) {
        position = listed.position;
        continue;
      }
      // One more than the limit is known to be there, so the cursor does not lead to nothing.
      if (records.length === limit) return { records, next: position };
      records.push(listed.record);
      position = listed.position;
    }
    if (part.length < stride) return { records, next: null };
  }
  return { records, next: position };
}

/** What a client asks a list for. */
export interface PageQuery {
  readonly limit: number;
  readonly cursor?: string;
}

/**
 * Looks for the page that a client asks for, of the list whose name its cursors carry. Throws the
 * problem `invalid-cursor` for a cursor that is not of this list.
 */
export async function answerPage<T>(
  list: string,
  { limit, cursor }: PageQuery,
  search: Omit<PageSearch<T>, 'after' | 'limit'>,
): Promise<{ readonly records: readonly T[]; readonly nextCursor: string | null }> {
  const { records, next } = await findPage({ ...search, after: decodeCursor(list, cursor), limit });
  return { records, nextCursor: next === null ? null : encodeCursor(list, next) };
}
