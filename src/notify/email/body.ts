// Decides what a message says as an e-mail: its subject, a plain text, and HTML.

import type { NotificationKind } from '../../model/delivery.ts';
import { formatInstant } from '../../model/time.ts';
import type { BulletinMessage } from '../bulletin-message.ts';
import { renderMessage } from '../console/render.ts';
import { renderBulletin } from '../console/render-bulletin.ts';
import type { Message } from '../message.ts';
import { bulletinHtml, messageHtml } from './html.ts';

/** What is read. */
export interface EmailBody {
  /** One line. */
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** The e-mail about an incident. */
export function emailBody(message: Message, kind: NotificationKind): EmailBody {
  const { status, severity, title, standing } = message;
  const word = status === 'resolved' ? 'Resolved' : `${severity.toUpperCase()}${kind === 'reminder' ? ', reminder' : ''}`;
  const subject = `[${word}] ${title}${status === 'resolved' ? '' : ` (${standing})`}`;
  return { subject, text: renderMessage(message, { kind, color: false }), html: messageHtml(message, subject) };
}

/** The e-mail about several alerts at once. */
export function emailBulletin(message: BulletinMessage): EmailBody {
  const subject = `[Winnow] ${message.title} (${formatInstant(message.firstAt)})`;
  return { subject, text: renderBulletin(message, { color: false }), html: bulletinHtml(message, subject) };
}
