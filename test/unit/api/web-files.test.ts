import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readWebFiles } from '../../../src/api/web-files.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'winnow-web-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const read = () => readWebFiles(pathToFileURL(`${folder}/`));

it('the page is made of what the build left, each file with its type', () => {
  for (const name of ['index.html', 'main.js', 'style.css', 'icon.svg', 'main.js.map', 'notes.txt']) writeFileSync(join(folder, name), `of ${name}`);
  expect(Object.fromEntries([...(read() ?? [])].map(([name, { type, text }]) => [name, `${type} ${text}`]))).toEqual({
    'index.html': 'text/html; charset=utf-8 of index.html',
    'main.js': 'text/javascript; charset=utf-8 of main.js',
    'style.css': 'text/css; charset=utf-8 of style.css',
    'icon.svg': 'image/svg+xml; charset=utf-8 of icon.svg',
  });
});

it('there is no page when it was not built', () => {
  expect(read()).toBeNull();
});
