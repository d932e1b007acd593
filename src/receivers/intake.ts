// What the receivers need of whatever makes webhooks durable.

import type { WebhookEvent } from '../correlate/event.ts';

/** Where normalised webhooks go. */
export interface Intake {
  /**
   * Resolves once the webhook is durable, and not before: the sender is told 202 then.
   * Rejects with `IntakeUnavailable` when it cannot be made durable now.
   */
  add(webhook: WebhookEvent): Promise<void>;
}

/** The webhook could not be made durable; the sender is to try again. */
export class IntakeUnavailable extends Error {
  override readonly name = 'IntakeUnavailable';
  /** After how many seconds another attempt is worth while, at least 1; becomes `Retry-After`. */
  readonly retryAfterSeconds: number;

  /** The message is shown to the sender: one sentence without secrets and without a full stop. */
  constructor(message: string, retryAfterSeconds: number, options?: ErrorOptions) {
    super(message, options);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
