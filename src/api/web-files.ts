// Reads what the web page is made of, which the build puts into dist/web.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname } from 'node:path';

/** A file of the page. */
export interface WebFile {
  /** The media type with its parameters. */
  readonly type: string;
  readonly text: string;
}

/** The files by their names, `index.html` among them. */
export type WebFiles = ReadonlyMap<string, WebFile>;

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
};

/** Reads the files from beside `src/` or `dist/`; files of other types are no part of the page. Null when it was not built. */
export function readWebFiles(folder = new URL('../../dist/web/', import.meta.url)): WebFiles | null {
  if (!existsSync(new URL('index.html', folder))) return null;
  const files = readdirSync(folder).flatMap((name): [string, WebFile][] => {
    const type = TYPES[extname(name)];
    return type === undefined ? [] : [[name, { type, text: readFileSync(new URL(name, folder), 'utf8') }]];
  });
  return new Map(files);
}
