// Shows messages in the terminal that the service runs in.

import { composeBulletin } from '../bulletin-message.ts';
import type { Integration } from '../integration.ts';
import { composeMessage } from '../message.ts';
import type { ConsoleTarget } from '../target.ts';
import { renderMessage } from './render.ts';
import { renderBulletin } from './render-bulletin.ts';

/** What the integration takes. */
export interface ConsoleOptions {
  /** Writes a text as it is, such as to standard output. */
  readonly write: (text: string) => void;
  /** Whether the terminal shows colours. */
  readonly color: boolean;
}

/** Makes the integration for `console` targets. */
export function createConsoleIntegration({ write, color }: ConsoleOptions): Integration<ConsoleTarget> {
  return {
    kind: 'console',
    async send({ view, kind }) {
      write(`\n${renderMessage(composeMessage(view), { kind, color })}\n`);
      return { kind: 'sent', reference: {} };
    },
    async sendBulletin({ view }) {
      write(`\n${renderBulletin(composeBulletin(view), { color })}\n`);
      return { kind: 'sent', reference: {} };
    },
  };
}
