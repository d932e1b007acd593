// Sends to PagerDuty's Events API v2; repeats are harmless there, as the `dedup_key` stays the same.

import { type Milliseconds, SECOND } from '../../model/time.ts';
import { outcomeOfStatus, postJson } from '../http-post.ts';
import type { Integration, SendOutcome } from '../integration.ts';
import type { PagerDutyTarget } from '../target.ts';
import { pagerDutyCalls } from './calls.ts';
import { pagerDutyEvent } from './event.ts';

/** What the integration takes. */
export interface PagerDutyOptions {
  /** How long one call may take; 10 s by default. */
  readonly timeoutMs?: Milliseconds;
}

/** Makes the integration for `pagerduty` targets. */
export function createPagerDuty({ timeoutMs = 10 * SECOND }: PagerDutyOptions = {}): Integration<PagerDutyTarget> {
  return {
    kind: 'pagerduty',
    async send({ target, view, reference, told }) {
      const [first, ...others] = pagerDutyCalls({ incident: view.incident, dedupKey: reference.dedupKey, told });
      const outcome = await post(target, pagerDutyEvent({ call: first, view, routingKey: target.routingKey.reveal() }), timeoutMs);
      if (outcome.kind !== 'sent') return outcome;
      for (const call of others) {
        // The page is out: that an older one cannot be closed does not make it fail.
        const closed = await post(target, pagerDutyEvent({ call, view, routingKey: target.routingKey.reveal() }), timeoutMs);
        if (closed.kind === 'retry') return { ...closed, uncertain: true };
      }
      return { kind: 'sent', reference: { dedupKey: first.dedupKey } };
    },
  };
}

async function post(target: PagerDutyTarget, json: string, timeoutMs: Milliseconds): Promise<SendOutcome> {
  const result = await postJson({ url: target.url, json, timeoutMs });
  if ('failure' in result) return result.failure;
  const { status, retryAfter, body } = result.answer;
  if (status === 202) return { kind: 'sent', reference: {} };
  return outcomeOfStatus(status, retryAfter, status === 400 ? faults(body).replaceAll(target.routingKey.reveal(), '<secret>') : '');
}

/** What PagerDuty found wrong with an event, from the answer's `errors` or `message`. */
function faults(body: string): string {
  let answer: unknown;
  try {
    answer = JSON.parse(body);
  } catch {
    return '';
  }
  if (typeof answer !== 'object' || answer === null) return '';
  if ('errors' in answer && Array.isArray(answer.errors) && answer.errors.length > 0) return answer.errors.slice(0, 5).map(String).join('; ');
  return 'message' in answer && typeof answer.message === 'string' ? answer.message : '';
}
