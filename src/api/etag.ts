// Whether what a client asks for is what it has: an answer about incidents, and a file of the web page, carries a hash of itself.

import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Gives such an answer its `ETag`, and answers 304 where `If-None-Match` names it. For `onSend`. */
export async function answerUnchanged(request: FastifyRequest, reply: FastifyReply, payload: unknown): Promise<unknown> {
  if (!isTagged(request.routeOptions.url ?? '') || (request.method !== 'GET' && request.method !== 'HEAD')) return payload;
  if (reply.statusCode !== 200 || typeof payload !== 'string') return payload;
  const tag = `"${createHash('sha256').update(payload).digest('base64url').slice(0, 27)}"`;
  reply.header('etag', tag).header('cache-control', 'private, no-cache');
  if (!names(request.headers['if-none-match'] ?? '', tag)) return payload;
  reply.code(304).removeHeader('content-type').removeHeader('content-length');
  return null;
}

function isTagged(path: string): boolean {
  return path === '/' || path.startsWith('/web/') || path.startsWith('/api/v1/incidents');
}

/** Weak comparison, as RFC 9110, 13.1.2 asks for. */
function names(condition: string, tag: string): boolean {
  return condition.trim() === '*' || condition.split(',').some((each) => each.trim().replace(/^W\//, '') === tag);
}
