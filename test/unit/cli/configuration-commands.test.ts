import { describe, expect, it } from 'vitest';
import { checkConfig } from '../../../src/cli/check-config.ts';
import { routesTest } from '../../../src/cli/routes-test.ts';

const FOLDER = 'test/testdata/config';

/** Runs a command and gives back its exit code and the lines that it wrote. */
async function run(command: (streams: { out: (line: string) => void; err: (line: string) => void }) => Promise<number>) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await command({ out: (line) => out.push(line), err: (line) => err.push(line) });
  return { code, out, err };
}

describe('check-config', () => {
  const check = (file: string) => run((streams) => checkConfig({ file, env: {}, ...streams }));

  it('counts what is in a valid file', async () => {
    expect(await check('examples/winnow.yaml')).toEqual({ code: 0, out: ['examples/winnow.yaml: valid, 1 receiver, 1 route'], err: [] });
  });

  it('warns beside it of what has no effect', async () => {
    const file = `${FOLDER}/accepted/alertmanager.yaml`;
    const { code, out, err } = await check(file);
    expect({ code, out }).toEqual({ code: 0, out: [`${file}: valid, 3 receivers, 5 routes`] });
    expect(err[0]).toBe(`${file}:2:3: warning: global.resolve_timeout: has no effect in Winnow`);
    expect(err).toHaveLength(6);
  });

  it('ends with 1 and a line for each fault', async () => {
    const file = `${FOLDER}/hmac-without-secret.yaml`;
    expect(await check(file)).toEqual({
      code: 1,
      out: [
        `${file}:7:11: webhooks.grafana.hmac: has no secret; secret or secret_file is needed`,
        `${file}:7:20: webhooks.grafana.hmac.header: "X Signature" is not the name of a header or scheme; letters, digits and - are allowed`,
      ],
      err: [],
    });
  });

  it('ends with 1 for a file that is not there', async () => {
    expect(await check('nowhere.yaml')).toMatchObject({
      code: 1,
      out: ['nowhere.yaml:1:1: the file cannot be read (ENOENT); a readable YAML file is allowed'],
    });
  });
});

describe('routes test', () => {
  const routes = (labels: readonly string[], configFile = `${FOLDER}/accepted/alertmanager.yaml`) =>
    run((streams) => routesTest({ configFile, labels, env: {}, ...streams }));

  it('prints the receivers on one line in the order of the tree', async () => {
    expect(await routes(['severity=page', 'team="db"'])).toEqual({ code: 0, out: ['pager,db'], err: [] });
    expect(await routes([])).toEqual({ code: 0, out: ['chat'], err: [] });
  });

  it('takes a value with commas, spaces and signs as it is', async () => {
    expect(await routes(['note=a,b = c', 'team=db'])).toMatchObject({ code: 0, out: ['db'] });
  });

  it.each(['team', 'team!=db', 'team=~db', '=db'])('ends with 2 for the label %s', async (label) => {
    const { code, out, err } = await routes([label]);
    expect({ code, out, lines: err.length }).toEqual({ code: 2, out: [], lines: 1 });
  });

  it('ends with 1 for a configuration that is not valid', async () => {
    const file = `${FOLDER}/shards.yaml`;
    expect(await routes(['team=db'], file)).toEqual({ code: 1, out: [], err: [`${file}:5:9: shards: more than one is not supported yet; 1 is allowed`] });
  });
});
