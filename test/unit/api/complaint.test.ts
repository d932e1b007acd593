import { readFileSync } from 'node:fs';
import { Ajv2020, type AnySchema } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { complaint } from '../../../src/api/complaint.ts';

const ajv = new Ajv2020({ allowUnionTypes: true, formats: { 'date-time': (text: string) => text.endsWith('Z') } });

function said(schema: AnySchema, value: unknown): string {
  const validate = ajv.compile(schema);
  expect(validate(value)).toBe(false);
  return complaint(validate.errors?.[0]);
}

/** Of the member `x` of an object. */
function saidOf(schema: AnySchema, value: unknown): string {
  return said({ type: 'object', properties: { x: schema } }, { x: value });
}

describe('what is wrong with a request', () => {
  it.each<[string, AnySchema, unknown, string]>([
    ['a missing member', { type: 'object', required: ['until'] }, {}, 'must have "until"'],
    ['an unknown one', { type: 'object', additionalProperties: false }, { who: 1 }, 'must not have "who"'],
    ['a body of another type', { type: 'object' }, [], 'must be an object'],
  ])('%s', (_what, schema, value, words) => {
    expect(said(schema, value)).toBe(words);
  });

  it.each<[string, AnySchema, unknown, string]>([
    ['a number for a text', { type: 'string' }, 5, 'must be a string'],
    ['neither of two types', { type: ['integer', 'null'] }, 'a', 'must be an integer or null'],
    ['no boolean', { type: 'boolean' }, 'yes', 'must be true or false'],
    ['one not of a list', { enum: ['a', 'b'] }, 'c', 'must be one of a, b'],
    ['no time', { type: 'string', format: 'date-time' }, 'yesterday', 'must be a time in RFC 3339, such as 2026-03-01T10:00:00Z'],
    ['no entity', { type: 'string', pattern: '^[^/]+/.' }, 'gpu-7', 'must be of the form kind/name, such as node/gpu-7'],
    ['a blank text', { type: 'string', pattern: '\\S' }, ' ', 'must not be blank'],
    ['no link', { type: 'string', pattern: '^https?://' }, 'javascript:x', 'must begin with http:// or https://'],
    ['too little', { type: 'integer', minimum: 1 }, 0, 'must be at least 1'],
    ['too much', { type: 'integer', maximum: 500 }, 501, 'must be at most 500'],
    ['too short', { type: 'string', minLength: 1 }, '', 'must have at least 1 character'],
    ['too long', { type: 'string', maxLength: 2 }, 'abc', 'must have at most 2 characters'],
    ['too few', { type: 'array', minItems: 1 }, [], 'must have at least 1 item'],
    ['too many', { type: 'array', maxItems: 2 }, [1, 2, 3], 'must have at most 2 items'],
  ])('a member that is %s', (_what, schema, value, words) => {
    expect(saidOf(schema, value)).toBe(`/x ${words}`);
  });

  it('has words for every regular expression of the API document', () => {
    const document = readFileSync(new URL('../../../openapi/winnow.yaml', import.meta.url), 'utf8');
    const patterns = [...document.matchAll(/ pattern: '([^']*)'/g)].map(([, pattern = '']) => pattern);
    expect(patterns.length).toBeGreaterThan(0);
    for (const pattern of patterns) expect(complaint({ keyword: 'pattern', instancePath: '', params: { pattern }, message: '' })).not.toBe('');
  });
});
