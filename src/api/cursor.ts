// Cursors: a position in a list as an opaque text that goes out and comes back.

import { Problem } from './problem.ts';

/** The cursor that stands for a position in the named list: base64url, without meaning to a client. */
export function encodeCursor(list: string, position: string): string {
  return Buffer.from(`${list}:${position}`, 'utf8').toString('base64url');
}

/**
 * The position that a cursor stands for; null, the beginning, when there is none. Throws the problem
 * `invalid-cursor` for a text that `encodeCursor` has not made for this list.
 */
export function decodeCursor(list: string, cursor: string | undefined): string | null {
  if (cursor === undefined) return null;
  const text = Buffer.from(cursor, 'base64url').toString('utf8');
  const position = text.slice(list.length + 1);
  if (position === '' || encodeCursor(list, position) !== cursor) {
    throw new Problem({ status: 400, code: 'invalid-cursor', detail: 'only a nextCursor of the same list is allowed', pointer: '/cursor' });
  }
  return position;
}
