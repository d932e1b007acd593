// Alertmanager's own `amtool config routes test` and ours, over generated routing trees.

import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { routesTest } from '../../src/cli/routes-test.ts';

const run = promisify(execFile);

const RECEIVERS = ['one', 'two', 'three', 'four'];
const NAMES = ['team', 'severity', 'zone'];
const VALUES = ['', 'db', 'ml', 'page', 'page 2', 'a,b', 'a"b', 'a\\b', 'é'];
const REGEXES = ['', '.*', '.+', 'db|ml', 'p.ge', 'page.*', '[a-m]+', '(?i)DB', 'a', '[^b]*', 'page|', 'a\\.b|a,b', 'é?'];

const quoted = (value: string) => `"${value.replace(/[\\"]/g, '\\$&')}"`;
const name = fc.constantFrom(...NAMES);
const plain = fc.tuple(name, fc.constantFrom('=', '!='), fc.constantFrom(...VALUES)).map(([label, operator, value]) => `${label}${operator}${quoted(value)}`);
const regex = fc
  .tuple(name, fc.constantFrom('=~', '!~'), fc.constantFrom(...REGEXES))
  .map(([label, operator, value]) => `${label} ${operator} ${quoted(value)}`);
const matcher = fc.oneof(plain, regex);

interface Tree {
  readonly receiver?: string;
  readonly matchers?: readonly string[];
  readonly match?: Readonly<Record<string, string>>;
  readonly match_re?: Readonly<Record<string, string>>;
  readonly continue?: boolean;
  readonly routes?: readonly Tree[];
}

const { route } = fc.letrec<{ route: Tree }>((tie) => ({
  route: fc.record(
    {
      receiver: fc.constantFrom(...RECEIVERS),
      matchers: fc.array(matcher, { maxLength: 2 }),
      match: fc.dictionary(name, fc.constantFrom('db', 'ml'), { maxKeys: 1, noNullPrototype: true }),
      match_re: fc.dictionary(name, fc.constantFrom('.+', 'db|page'), { maxKeys: 1, noNullPrototype: true }),
      continue: fc.constantFrom(true, true, false),
      routes: fc.array(tie('route'), { maxLength: 3, depthIdentifier: 'route' }),
    },
    { requiredKeys: [] },
  ),
}));
const tree = fc.array(route, { minLength: 1, maxLength: 4 }).map((routes): Tree => ({ receiver: 'one', routes }));
const labels = fc
  .dictionary(name, fc.constantFrom(...VALUES), { noNullPrototype: true })
  .map((given) => Object.entries(given).map(([label, value]) => `${label}=${quoted(value)}`));

describe('routes test against amtool', () => {
  const folder = mkdtempSync(join(tmpdir(), 'winnow-routes-'));

  afterAll(() => rmSync(folder, { recursive: true }));

  it('names the same receivers in the same order for any tree and labels', async () => {
    const file = join(folder, 'routes.yaml');
    let several = 0;
    await fc.assert(
      fc.asyncProperty(tree, fc.array(labels, { minLength: 6, maxLength: 6 }), async (root, alerts) => {
        writeFileSync(file, JSON.stringify({ route: root, receivers: RECEIVERS.map((receiver) => ({ name: receiver })) }));
        for (const alert of alerts) {
          const { stdout } = await run('amtool', ['config', 'routes', 'test', `--config.file=${file}`, ...alert]);
          const lines: string[] = [];
          const code = await routesTest({ configFile: file, labels: alert, env: {}, out: (line) => lines.push(line), err: (line) => lines.push(line) });
          expect({ code, lines }).toEqual({ code: 0, lines: [stdout.trim()] });
          if (stdout.includes(',')) several += 1;
        }
      }),
      { numRuns: 25, seed: 20260301 },
    );
    // Otherwise nothing was tried that `continue` decides.
    expect(several).toBeGreaterThan(5);
  }, 120_000);
});
