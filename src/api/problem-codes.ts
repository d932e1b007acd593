// The codes of problem documents: what they stand for. docs/errors.md explains each.

/** Every code that an answer can have, with the title it always goes with. Codes are never renamed. */
export const PROBLEM_TITLES = {
  'already-resolved': 'The incident is resolved',
  'bad-request': 'The request cannot be understood',
  'body-too-large': 'The body is too large',
  forbidden: 'The token does not allow this',
  'intake-unavailable': 'The webhook cannot be made durable now',
  'internal-error': 'Something went wrong in the service',
  'invalid-config': 'The configuration is not valid',
  'invalid-cursor': 'The cursor is not one that this list gave',
  'invalid-matcher': 'A matcher cannot be read',
  'invalid-request': 'A part of the request is not as the API describes it',
  'key-reused': 'The Idempotency-Key stands for another request',
  'no-such-path': 'Nothing is served here',
  'not-a-webhook': 'The body is no webhook',
  'not-failed': 'The delivery has not failed',
  'not-found': 'There is no such record',
  'not-json': 'The body is not JSON',
  'not-possible': 'This cannot be done with the incident',
  'not-ready': 'The service is not ready',
  'response-invalid': 'The answer would not be as the API describes it',
  'too-many-requests': 'Too many requests',
  unauthorized: 'The sender is not known',
  unavailable: 'The service cannot do this now',
  'unsupported-encoding': 'The body is compressed',
  'unsupported-media-type': 'The body is of a type that is not read here',
} as const;

/** One of the stable codes. */
export type ProblemCode = keyof typeof PROBLEM_TITLES;
