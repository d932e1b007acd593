// Reads openapi/winnow.yaml, which requests and answers are validated against.

import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { operations } from '../generated/openapi.d.ts';

/** The OpenAPI document as JSON. */
export type OpenapiDocument = operations['getOpenapi']['responses'][200]['content']['application/json'];

/** Reads the document from beside `src/` or `dist/`. */
export function loadOpenapiDocument(): OpenapiDocument {
  return parse(readFileSync(new URL('../../openapi/winnow.yaml', import.meta.url), 'utf8')) as OpenapiDocument;
}
