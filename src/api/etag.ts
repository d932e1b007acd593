// Whether what a client asks for is what it has: an answer about incidents carries a hash of itself.

import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Gives what is answered about incidents an `ETag`, and answers 304 where `If-None-Match` names it. For `onSend`. */
export async function answerUnchanged(request: FastifyRequest, reply: FastifyReply, payload: unknown): Promise<unknown> {
  const about = request.routeOptions.url?.startsWith('/api/v1/incidents') === true && (request.method === 'GET' || request.method === 'HEAD');
  if (!about || reply.statusCode !== 200 || typeof payload !== 'string') return payload;
  const tag = `"${createHash('sha256').update(payload).digest('base64url').slice(0, 27)}"`;
  reply.header('etag', tag).header('cache-control', 'private, no-cache');
  if (!names(request.headers['if-none-match'] ?? '', tag)) return payload;
  reply.code(304).removeHeader('content-type').removeHeader('content-length');
  return null;
}

/** Weak comparison, as RFC 9110, 13.1.2 asks for. */
function names(condition: string, tag: string): boolean {
  return condition.trim() === '*' || condition.split(',').some((each) => each.trim().replace(/^W\//, '') === tag);
}
