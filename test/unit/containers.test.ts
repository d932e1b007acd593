// No container is run here: these are the faults that reading the files can find.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { exposureOf } from '../../src/api/exposure.ts';
import { parseConfig } from '../../src/config/parse-config.ts';
import { judgeHeaders } from '../../src/receivers/authentication.ts';

const ROOT = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

interface Service {
  readonly build?: string;
  readonly image?: string;
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly depends_on?: readonly string[] | Readonly<Record<string, unknown>>;
}

const compose = parse(read('docker-compose.yml')) as { services: Record<string, Service>; volumes: Record<string, unknown> };
const services = Object.entries(compose.services);
const dockerfile = read('Dockerfile');
/** Reads a configuration that a container is given. */
const configuration = (path: string, env: Readonly<Record<string, string>> = {}) => parseConfig({ text: read(path), file: path, env, readFile: () => '' });
const PINNED = /^[\w./-]+:v?\d+\.\d+\.\d+(-[\w.-]+)?$/;

describe('docker-compose.yml', () => {
  it('has the service, its Redis, and an Alertmanager and Prometheus before it', () => {
    expect(Object.keys(compose.services)).toEqual(['winnow', 'redis', 'alertmanager', 'prometheus']);
  });

  it.each(services)('%s is built here or a pinned image', (_name, service) => {
    expect(service.build ?? service.image).toMatch(service.build === undefined ? PINNED : /^\.$/);
  });

  it.each(services)('%s mounts files that exist and volumes that are declared', (_name, service) => {
    for (const mount of service.volumes ?? []) {
      const source = mount.split(':')[0] ?? '';
      expect(source.startsWith('./') ? existsSync(join(ROOT, source)) : source in compose.volumes, source).toBe(true);
    }
  });

  it.each(services)('%s waits for services that there are', (_name, service) => {
    const names = Array.isArray(service.depends_on) ? service.depends_on : Object.keys(service.depends_on ?? {});
    for (const name of names) expect(Object.keys(compose.services)).toContain(name);
  });

  it('gives Redis the settings under which nothing is lost', () => {
    const command = compose.services['redis']?.command ?? [];
    const settings = Object.fromEntries(command.slice(1).flatMap((word, at, words) => (word.startsWith('--') ? [[word, words[at + 1]]] : [])));
    expect(settings).toMatchObject({ '--appendonly': 'yes', '--appendfsync': 'always', '--maxmemory-policy': 'noeviction' });
  });

  it('publishes on the local interface alone, and so may leave tokens out', () => {
    for (const [name, { ports = [] }] of services) for (const port of ports) expect(port, name).toMatch(/^127\.0\.0\.1:\d+:\d+$/);
    const mounted = compose.services['winnow']?.volumes?.[0]?.split(':') ?? [];
    expect(mounted[1]).toBe(compose.services['winnow']?.environment?.['WINNOW_CONFIG']);
    const found = configuration(mounted[0] ?? '');
    expect('faults' in found ? found.faults : exposureOf(found.config.api, '0.0.0.0')).toBeNull();
  });

  it('wires the services by their names', () => {
    const prometheus = parse(read('examples/docker/prometheus.yml')) as { alerting: { alertmanagers: { static_configs: { targets: string[] }[] }[] } };
    const alertmanager = parse(read('examples/docker/alertmanager.yml')) as { receivers: { webhook_configs: { url: string }[] }[] };
    expect(compose.services['winnow']?.environment?.['REDIS_URL']).toBe('redis://redis:6379');
    expect(prometheus.alerting.alertmanagers[0]?.static_configs[0]?.targets).toEqual(['alertmanager:9093']);
    expect(alertmanager.receivers[0]?.webhook_configs[0]?.url).toBe('http://winnow:9095/webhooks/alertmanager');
  });

  it('has rules whose targets are scraped', () => {
    const { scrape_configs: scraped } = parse(read('examples/docker/prometheus.yml')) as { scrape_configs: { job_name: string }[] };
    const { groups } = parse(read('examples/docker/rules.yml')) as { groups: { rules: { expr: string }[] }[] };
    const jobs = groups.flatMap((group) => group.rules.map((rule) => /job="(\w+)"/.exec(rule.expr)?.[1]));
    expect(new Set(jobs)).toEqual(new Set(scraped.map((job) => job.job_name)));
  });
});

describe('the Dockerfile', () => {
  it('starts each stage from one pinned image of Node 24', () => {
    const images = [...dockerfile.matchAll(/^FROM (\S+)/gm)].map((match) => match[1] ?? '');
    expect(images).toHaveLength(2);
    expect(new Set(images).size).toBe(1);
    expect(images[0]).toMatch(PINNED);
    expect(images[0]).toMatch(/^node:24\./);
  });

  it('runs as a user who is not root, and says whether it is well', () => {
    expect([...dockerfile.matchAll(/^USER (\S+)/gm)].map((match) => match[1])).toEqual(['node']);
    expect(dockerfile).toMatch(/^HEALTHCHECK /m);
    expect(dockerfile).toContain('http://127.0.0.1:9095/-/healthy');
  });

  it('listens everywhere, and asks for the token that README hands it, for the API and for webhooks', () => {
    const path = /^COPY --from=build \/build\/(\S+) \/etc\/winnow\/winnow\.yaml$/m.exec(dockerfile)?.[1] ?? '';
    expect(dockerfile).toMatch(/WINNOW_CONFIG=\/etc\/winnow\/winnow\.yaml .*WINNOW_LISTEN=0\.0\.0\.0:9095/);
    const untold = configuration(path);
    expect('faults' in untold && untold.faults.map(({ message }) => /^\S+ the environment variable "WINNOW_TOKEN" is not set/.test(message))).toEqual([
      true,
      true,
      true,
    ]);

    const found = configuration(path, { WINNOW_TOKEN: '0123456789abcdef0123456789abcdef' });
    if ('faults' in found) throw new Error(JSON.stringify(found.faults));
    expect(exposureOf(found.config.api, '0.0.0.0')).toBeNull();
    expect(found.config.api).toMatchObject({ allowAnonymous: false, tokens: [{ name: 'admin', role: 'admin' }] });
    const { alertmanager, grafana } = found.config.webhooks;
    for (const authentication of [alertmanager, grafana]) expect(judgeHeaders(authentication, {})).toBe('refused');
    const run = /^docker run .*$/m.exec(read('README.md'))?.[0] ?? '';
    expect(run).toContain(' -e WINNOW_TOKEN ');
    expect(run).toContain(' -p 127.0.0.1:9095:9095 ');
    expect(run).toContain(`:${/^VOLUME (\S+)$/m.exec(dockerfile)?.[1]} `);
  });

  it('knows the platform of which README posts a fault', () => {
    const image = parse(read('examples/docker/image.yaml')) as { topology: unknown };
    const example = parse(read('examples/winnow.yaml')) as { topology: unknown };
    expect(image.topology).toEqual(example.topology);
    expect(example.topology).toMatchObject({ dependencies: expect.arrayContaining([expect.objectContaining({ from: 'service/ranker' })]) });
  });

  it('is sent the files that it copies', () => {
    const sent = read('.dockerignore')
      .split('\n')
      .filter((line) => line.startsWith('!'))
      .map((line) => line.slice(1));
    for (const path of ['package.json', 'package-lock.json', 'tsconfig.json', 'src', 'web', 'scripts', 'openapi', 'examples/docker/image.yaml', 'LICENSE']) {
      expect(sent).toContain(path);
      expect(existsSync(join(ROOT, path)), path).toBe(true);
    }
  });
});
