import { expect, it } from 'vitest';
import { errorKind } from '../../../src/notify/error-kind.ts';

it.each([
  ['is_archived', 'is_archived'],
  ['token_revoked', 'token_revoked'],
  ['message_not_found', 'message_not_found'],
  ['answered 429', 'limited'],
  ['ratelimited', 'limited'],
  ['answered 404: no_service', 'refused'],
  ['answered 503', 'fault'],
  ['fatal_error', 'fault'],
  ['no answer in time', 'timeout'],
  ['could not connect (ECONNREFUSED)', 'unreachable'],
  ['a_code_of_next_year', 'other'],
])('%s is counted as %s', (error, kind) => {
  expect(errorKind(error)).toBe(kind);
});
