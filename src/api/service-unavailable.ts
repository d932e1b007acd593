// What the read model and the commands say when the store cannot be reached.

/** It cannot be read or committed now; the client is to try again. Answered with 503. */
export class ServiceUnavailable extends Error {
  override readonly name = 'ServiceUnavailable';
  /** After how many seconds another attempt is worth while, at least 1; becomes `Retry-After`. */
  readonly retryAfterSeconds: number;

  /** The message is shown to the client: one sentence without secrets and without a full stop. */
  constructor(message: string, retryAfterSeconds: number, options?: ErrorOptions) {
    super(message, options);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
