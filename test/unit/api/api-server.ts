// The API over records in memory, for tests that ask it.

import Fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll } from 'vitest';
import type { Command } from '../../../src/api/commands.ts';
import type { Readiness, ReloadAnswer } from '../../../src/api/dependencies.ts';
import { installProblemHandlers } from '../../../src/api/problem.ts';
import type { ReadModel } from '../../../src/api/read-model.ts';
import { API_SERVER_OPTIONS, registerApi } from '../../../src/api/register-api.ts';
import type { ApiSettings, Config } from '../../../src/config/config.ts';
import type { EventResult } from '../../../src/correlate/person.ts';
import type { Edge } from '../../../src/model/topology.ts';
import { policy } from '../correlate/scenario.ts';
import { memoryReadModel, type Records, records } from './memory-read-model.ts';
import { at } from './records.ts';

/** What a test says of the service around the API. */
export interface Surroundings {
  records: Records;
  readModel: Partial<ReadModel>;
  /** What becomes of a command; by default it is done and changes nothing. */
  submit: (command: Command) => Promise<EventResult>;
  readiness: Readiness;
  dependencies: readonly Edge[];
  configDocument: unknown;
  api: ApiSettings;
  reload: (by: string) => Promise<ReloadAnswer>;
}

const NOTHING: Surroundings = {
  records: records(),
  readModel: {},
  submit: async () => ({ ok: true, incidentId: null }),
  readiness: { ready: true, redis: true, owner: 'winnow-1', warnings: [] },
  dependencies: [],
  configDocument: {},
  api: { tokens: [], allowAnonymous: false, requestsPerMinute: 1_000_000 },
  reload: async () => ({ ok: true, changed: false, hash: '5f2d9c1a', warnings: [] }),
};

/** Makes a server for the tests of a file, and answers what puts it into other surroundings. The clock stands at 2026-03-01 12:00. */
export function apiServer(): (given?: Partial<Surroundings>) => FastifyInstance {
  let around = NOTHING;
  const app = Fastify(API_SERVER_OPTIONS);
  installProblemHandlers(app);
  registerApi(app, {
    readModel: new Proxy({} as ReadModel, { get: (_, name: keyof ReadModel) => around.readModel[name] ?? memoryReadModel(around.records)[name] }),
    commands: { submit: (command) => around.submit(command) },
    config: () => ({ policy: policy({ dependencies: around.dependencies }), document: around.configDocument, api: around.api }) as unknown as Config,
    readiness: async () => around.readiness,
    reload: (by) => around.reload(by),
    metrics: async () => ({ contentType: 'text/plain; version=0.0.4; charset=utf-8', body: 'winnow_up 1\n' }),
    now: () => at('12:00'),
    webFiles: new Map([
      ['index.html', { type: 'text/html; charset=utf-8', text: '<!doctype html><title>Winnow</title>' }],
      ['main.js', { type: 'text/javascript; charset=utf-8', text: 'export {};' }],
    ]),
  });
  // Reading and checking the document takes most of a second of an idle processor.
  beforeAll(() => app.ready().then(() => {}), 60_000);
  afterAll(() => app.close());
  return (given = {}) => {
    around = { ...NOTHING, ...given };
    return app;
  };
}
