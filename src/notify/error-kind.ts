// Decides under which of few words an error of a destination is counted: a metric's labels must be bounded.

/** Refusals that Slack names and that each have something to be done about. */
const NAMED: ReadonlySet<string> = new Set([
  'message_not_found',
  'cant_update_message',
  'edit_window_closed',
  'thread_not_found',
  'cannot_reply_to_message',
  'is_archived',
  'channel_not_found',
  'not_in_channel',
  'restricted_action',
  'token_revoked',
  'token_expired',
  'invalid_auth',
  'account_inactive',
  'missing_scope',
  'msg_blocks_too_long',
  'invalid_blocks',
]);

/** The word for an error as an outcome tells it. */
export function errorKind(error: string): string {
  if (NAMED.has(error)) return error;
  if (/^(answered 429\b|rate_?limited$)/.test(error)) return 'limited';
  if (/^answered 4\d\d\b/.test(error)) return 'refused';
  if (/^(answered 5\d\d\b|internal_error$|fatal_error$|service_unavailable$)/.test(error)) return 'fault';
  if (error === 'no answer in time') return 'timeout';
  return error.startsWith('could not connect') ? 'unreachable' : 'other';
}
