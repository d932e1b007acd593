// Destinations: how a place that can be told is named, and when two settings name the same place.

import type { Destination } from '../model/delivery.ts';
import type { Target, WebhookTarget } from '../notify/target.ts';
import { contentHash } from './content-hash.ts';

/** A place to tell, with what is needed to reach it. */
export interface Place {
  readonly destination: Destination;
  readonly target: Target;
}

/** The place that a target reaches. */
export function placeOf(target: Target, sendResolved: boolean): Place {
  const integration = target.kind === 'slack-app' || target.kind === 'slack-webhook' ? 'slack' : target.kind;
  return {
    destination: { id: destinationId(target), integration, edits: target.kind === 'slack-app', sendResolved, digests: target.kind !== 'pagerduty' },
    target,
  };
}

/**
 * Names a target: the same for the same place over restarts, and without its secrets, of which 8 hex
 * digits of a SHA-256 tell two apart.
 */
export function destinationId(target: Target): string {
  switch (target.kind) {
    case 'slack-app':
      return `slack/${target.channel}/${contentHash(target.token.reveal(), target.apiUrl)}`;
    case 'slack-webhook':
      // Parentheses cannot be in the name of a channel.
      return `slack/${target.channel === '' ? '(webhook)' : target.channel}/${contentHash(target.url.reveal())}`;
    case 'pagerduty':
      return `pagerduty/${contentHash(target.routingKey.reveal(), target.url)}`;
    case 'webhook':
      return `webhook/${new URL(target.url.reveal()).host}/${contentHash(target.url.reveal(), target.authorization?.reveal() ?? clientOf(target))}`;
    case 'email':
      return `email/${cut(target.to)}/${contentHash(target.to, target.from, target.host, String(target.port), target.auth?.username ?? '')}`;
    case 'console':
      return 'console';
  }
}

function clientOf({ oauth2 }: WebhookTarget): string {
  return oauth2 === undefined ? '' : `${oauth2.clientId} ${oauth2.tokenUrl}`;
}

function cut(text: string): string {
  return text.length > 100 ? `${text.slice(0, 100)}...` : text;
}
