// How requests and answers are held against the OpenAPI document.

import { Ajv2020, type AnySchema, type Options } from 'ajv/dist/2020.js';
import type { FastifySchemaCompiler } from 'fastify';
import { parseTimestamp } from '../model/time.ts';

// OpenAPI 3.1 is JSON Schema 2020-12. A time is what the service itself can read as one.
const OPTIONS: Options = { allowUnionTypes: true, formats: { 'date-time': (text: string) => parseTimestamp(text) !== null } };

/** Validates answers, which are never changed. */
export function answerValidator(): Ajv2020 {
  return new Ajv2020(OPTIONS);
}

/**
 * Makes the validators of requests. Query and path are texts: numbers are read from them, a
 * parameter that may repeat can come once, defaults are filled in, and of the query parameters only
 * those described are allowed. A body is taken as it is.
 */
export function requestValidatorCompiler(): FastifySchemaCompiler<AnySchema> {
  const strict = new Ajv2020(OPTIONS);
  const reading = new Ajv2020({ ...OPTIONS, coerceTypes: 'array', useDefaults: true });
  return ({ schema, httpPart }) => {
    if (httpPart === 'body') return strict.compile(schema);
    if (httpPart === 'querystring') return reading.compile({ ...(schema as object), additionalProperties: false });
    return reading.compile(schema);
  };
}
