import type { Ajv2020 } from 'ajv/dist/2020.js';
import Fastify from 'fastify';
import { describe, expect, it } from 'vitest';
import { loadOpenapiDocument } from '../../../src/api/openapi-document.ts';
import { answerValidator } from '../../../src/api/validation.ts';
import { registerPagerDutyWebhooks } from '../../../src/receivers/pagerduty-webhooks.ts';
import { registerSlackInteractions } from '../../../src/receivers/slack-interactions.ts';
import { registerWebhookReceivers } from '../../../src/receivers/webhook-receivers.ts';
import { apiServer } from './api-server.ts';

interface MediaType {
  readonly schema: object;
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, { readonly $ref: string }>>;
}

interface Body {
  readonly $ref?: string;
  readonly content?: Readonly<Record<string, MediaType>>;
}

interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly requestBody?: Body;
  readonly responses: Readonly<Record<string, Body>>;
}

const document = loadOpenapiDocument();
const operations = Object.entries(document['paths'] as Record<string, Record<string, Operation>>).flatMap(([path, item]) =>
  Object.entries(item)
    .filter(([method]) => method !== 'parameters')
    .map(([method, operation]) => ({ path, method: method.toUpperCase(), operation, id: operation.operationId })),
);

function resolve<T extends object>(value: T): T {
  if (!('$ref' in value) || typeof value.$ref !== 'string') return value;
  return value.$ref
    .slice(2)
    .split('/')
    .reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], document) as T;
}

const ajv: Ajv2020 = answerValidator().addKeyword('components').addSchema({ $id: 'winnow', components: document['components'] });

function faultsOf(media: MediaType, value: unknown): unknown {
  const schema = JSON.parse(JSON.stringify(media.schema).replaceAll('"#/', '"winnow#/'));
  const validate = ajv.compile(schema);
  return validate(value) ? [] : validate.errors;
}

function examplesOf(body: Body | undefined): { media: MediaType; example: unknown }[] {
  return Object.values(body === undefined ? {} : (resolve(body).content ?? {})).flatMap((media) => [
    ...(media.example === undefined ? [] : [{ media, example: media.example }]),
    ...Object.values(media.examples ?? {}).map((reference) => ({ media, example: (resolve(reference) as unknown as { value: unknown }).value })),
  ]);
}

const api = apiServer();

describe('the API document', () => {
  it.each(operations)('$id is served at $method $path', async ({ path, method }) => {
    const app = /^\/(?:webhooks|integrations)\//.test(path) ? Fastify() : api();
    if (path === '/integrations/pagerduty/webhooks')
      registerPagerDutyWebhooks(app, { secret: () => null, incidentOf: async () => null, submit: async () => {}, now: () => 0 });
    if (path === '/integrations/slack/interactions')
      registerSlackInteractions(app, { signingSecret: () => null, firstTime: async () => true, act: async () => {}, now: () => 0 });
    if (path.startsWith('/webhooks/')) {
      const open = { basic: null, authorization: null, hmac: null };
      registerWebhookReceivers(app, {
        settings: () => ({ bodyLimit: 1024, alertmanager: open, grafana: open }),
        intake: { add: async () => {} },
        now: () => 0,
      });
    }
    await app.ready();
    expect(app.hasRoute({ method: method, url: path.replace(/{(\w+)}/g, ':$1') })).toBe(true);
  });

  it.each(operations)('$id has an example of what it takes and of what it answers, as described', ({ operation }) => {
    const success = Object.entries(operation.responses).filter(([status]) => status.startsWith('2'));
    expect(success).toHaveLength(1);
    const bodies = [operation.requestBody, ...success.map(([, body]) => body)].filter((body) => body !== undefined);
    for (const body of bodies) {
      const examples = examplesOf(body);
      expect(examples).not.toEqual([]);
      for (const { media, example } of examples) expect(faultsOf(media, example)).toEqual([]);
    }
  });

  it.each(operations)('$id answers any other error with a problem', ({ operation }) => {
    expect(operation.responses['default']?.$ref).toBe('#/components/responses/Problem');
  });

  it('describes the problems that are answered', async () => {
    const schema = { $ref: '#/components/schemas/Problem' };
    expect(faultsOf({ schema }, (await api().inject('/nowhere')).json())).toEqual([]);
    expect(faultsOf({ schema }, (await api().inject('/api/v1/alerts?limit=0')).json())).toEqual([]);
  });

  it('gives each operation an id of its own', () => {
    expect(new Set(operations.map(({ id }) => id)).size).toBe(operations.length);
  });
});
