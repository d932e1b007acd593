// How a request that fails is answered: with a problem document (RFC 9457) that has a stable code.

import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { complaint } from './complaint.ts';
import { PROBLEM_TITLES, type ProblemCode } from './problem-codes.ts';
import { ServiceUnavailable } from './service-unavailable.ts';

/** The media type of every error answer. */
export const PROBLEM_MEDIA_TYPE = 'application/problem+json';

/** What a problem is made of. */
export interface ProblemOptions {
  /** The HTTP status to answer with. */
  readonly status: number;
  readonly code: ProblemCode;
  /** What is wrong with this request and what is allowed, one sentence without a full stop; it never holds a secret. */
  readonly detail: string;
  /** By default the title of the code. */
  readonly title?: string;
  /** JSON pointer (RFC 6901) to what is wrong: into the body, or `/NAME` for a query parameter. */
  readonly pointer?: string;
  /** When another attempt is worth while; becomes the header `Retry-After`. */
  readonly retryAfterSeconds?: number;
  /** How to be let in; becomes the header `WWW-Authenticate`. */
  readonly challenge?: string;
}

/** Thrown where a request cannot be done; `problemHandler` answers with it. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: number;
  readonly code: ProblemCode;
  readonly title: string;
  readonly detail: string;
  readonly pointer: string | undefined;
  readonly retryAfterSeconds: number | undefined;
  readonly challenge: string | undefined;

  constructor(options: ProblemOptions, errorOptions?: ErrorOptions) {
    super(options.detail, errorOptions);
    this.status = options.status;
    this.code = options.code;
    this.title = options.title ?? PROBLEM_TITLES[options.code];
    this.detail = options.detail;
    this.pointer = options.pointer;
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.challenge = options.challenge;
  }
}

/** The JSON of an error answer. */
export interface ProblemDocument {
  /** A reference to the explanation of the code, relative to this service. */
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: ProblemCode;
  readonly pointer?: string;
}

/** The JSON that a problem is answered with. */
export function problemDocument(problem: Problem): ProblemDocument {
  const { code, title, status, detail, pointer } = problem;
  return { type: `/errors#${code}`, title, status, detail, code, ...(pointer === undefined ? {} : { pointer }) };
}

/**
 * Answers errors as problem documents. For `setErrorHandler`: takes problems as they are, translates
 * Fastify's own errors, and says nothing of any other but that it happened; the log has the rest.
 */
export function problemHandler(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const problem = error instanceof Problem ? error : problemOf(error, request);
  if (problem.status >= 500) request.log.error({ err: error, code: problem.code }, problem.title);
  sendProblem(reply, problem);
}

/** Answers a path or method that is not served. For `setNotFoundHandler`. */
export function notFoundHandler(_request: FastifyRequest, reply: FastifyReply): void {
  sendProblem(reply, new Problem({ status: 404, code: 'no-such-path', detail: 'no operation has this method and path; /openapi.json lists those there are' }));
}

/** Makes every error of the application, unknown paths included, a problem document. */
export function installProblemHandlers(app: FastifyInstance): void {
  app.setErrorHandler(problemHandler);
  app.setNotFoundHandler(notFoundHandler);
}

function sendProblem(reply: FastifyReply, problem: Problem): void {
  if (problem.retryAfterSeconds !== undefined) reply.header('retry-after', String(problem.retryAfterSeconds));
  if (problem.challenge !== undefined) reply.header('www-authenticate', problem.challenge);
  // Text, so that neither the route's serialiser nor its response validation applies to it.
  void reply
    .code(problem.status)
    .type(PROBLEM_MEDIA_TYPE)
    .send(JSON.stringify(problemDocument(problem)));
}

const NOT_JSON: ProblemOptions = { status: 400, code: 'not-json', detail: 'the body is not valid JSON', pointer: '' };

/** Fastify's codes for a body that it does not read. */
const BODY_PROBLEMS: ReadonlyMap<string, ProblemOptions> = new Map<string, ProblemOptions>([
  ['FST_ERR_CTP_BODY_TOO_LARGE', { status: 413, code: 'body-too-large', detail: 'the body is larger than this operation takes' }],
  ['FST_ERR_CTP_INVALID_MEDIA_TYPE', { status: 415, code: 'unsupported-media-type', detail: 'the body must be application/json' }],
  ['FST_ERR_CTP_EMPTY_JSON_BODY', NOT_JSON],
  ['FST_ERR_CTP_INVALID_JSON_BODY', NOT_JSON],
]);

function problemOf(error: unknown, { routeOptions }: FastifyRequest): Problem {
  if (error instanceof ServiceUnavailable) {
    return new Problem({ status: 503, code: 'unavailable', detail: error.message, retryAfterSeconds: error.retryAfterSeconds });
  }
  const { code, statusCode, validation } = (error instanceof Error ? error : {}) as Partial<FastifyError>;
  if (code?.startsWith('FST_RESPONSE_VALIDATION_') === true) {
    return new Problem({
      status: 500,
      code: 'response-invalid',
      detail: 'the service made an answer that its own API document does not allow; this is a fault of the service',
    });
  }
  if (validation !== undefined) return invalidRequest(error as FastifyError);
  const ofBody = code === undefined ? undefined : BODY_PROBLEMS.get(code);
  if (ofBody?.code === 'body-too-large')
    return new Problem({ ...ofBody, detail: `the body is too large; up to ${routeOptions.bodyLimit} bytes are allowed here` });
  if (ofBody !== undefined) return new Problem(ofBody);
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return new Problem({ status: statusCode, code: 'bad-request', detail: 'the request is malformed' });
  }
  return new Problem({ status: 500, code: 'internal-error', detail: 'the request could not be answered; the log of the service says why' });
}

/** What Ajv found first; its `params` name the member that is missing or unknown. */
function invalidRequest({ validation, validationContext }: FastifyError): Problem {
  const first = validation?.[0];
  const member = first?.params['missingProperty'] ?? first?.params['additionalProperty'];
  const pointer = `${first?.instancePath ?? ''}${typeof member === 'string' ? `/${escapePointer(member)}` : ''}`;
  return new Problem({ status: 400, code: 'invalid-request', detail: `${PART_NAMES[validationContext ?? ''] ?? 'the request'} ${complaint(first)}`, pointer });
}

const PART_NAMES: Readonly<Record<string, string>> = { body: 'the body', querystring: 'the query', params: 'the path', headers: 'the header' };

function escapePointer(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
