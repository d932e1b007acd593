// Answers the web page and its files, held to themselves by their policy.

import type { FastifyReply } from 'fastify';
import type { Handlers } from './operation.ts';
import { Problem } from './problem.ts';
import type { WebFile, WebFiles } from './web-files.ts';

/** The `Content-Security-Policy` of the page: its own files and this API, nothing inline, in no frame. */
export const WEB_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** The handlers of the page and its files; where there are none, whoever asks for the page is sent to the index. */
export function webOperations(files: WebFiles | null): Handlers<'getPage' | 'getWebFile'> {
  return {
    getPage: async (_request, reply) => {
      const page = files?.get('index.html');
      if (page !== undefined) return answer(reply, page);
      return reply.redirect('index') as unknown as string;
    },
    getWebFile: async ({ path }, reply) => {
      const file = path.file === 'index.html' ? undefined : files?.get(path.file);
      if (file === undefined) throw new Problem({ status: 404, code: 'not-found', detail: `there is no file ${JSON.stringify(path.file)}` });
      return answer(reply, file);
    },
  };
}

function answer(reply: FastifyReply, { type, text }: WebFile): string {
  reply.type(type).header('content-security-policy', WEB_POLICY).header('x-content-type-options', 'nosniff').header('referrer-policy', 'no-referrer');
  return text;
}
