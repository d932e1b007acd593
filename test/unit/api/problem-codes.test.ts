import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { PROBLEM_TITLES } from '../../../src/api/problem-codes.ts';

const root = new URL('../../../', import.meta.url);

const sources = readdirSync(new URL('src/', root), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && file !== 'api/problem-codes.ts' && !file.endsWith('.d.ts'))
  .map((file) => readFileSync(new URL(`src/${file}`, root), 'utf8'));

describe('the codes of problems', () => {
  it('are each explained in docs/errors.md, and no other is', () => {
    const headings = [...readFileSync(new URL('docs/errors.md', root), 'utf8').matchAll(/^## `([a-z-]+)`$/gm)].map(([, code]) => code);
    expect(headings).toEqual(Object.keys(PROBLEM_TITLES));
  });

  it('are each answered somewhere', () => {
    const unused = Object.keys(PROBLEM_TITLES).filter(
      (code) => !sources.some((source) => source.includes(`code: '${code}'`) || source.includes(`'${code}' |`) || source.includes(`| '${code}'`)),
    );
    expect(unused).toEqual([]);
  });
});
