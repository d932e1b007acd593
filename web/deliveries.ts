// Decides how is shown who was told of an incident, and what is still to be told.

import type { Delivery } from './api.ts';
import { type Html, html } from './html.ts';
import { timeHtml } from './relative-time.ts';

/** Where the incident is told; empty when it goes to nobody. */
export function deliveriesHtml(deliveries: readonly Delivery[], now: number): Html {
  if (deliveries.length === 0) return html`<p class="nothing">Nobody is told of it yet.</p>`;
  return html`<ul class="deliveries">${deliveries.map((delivery) => deliveryHtml(delivery, now))}</ul>`;
}

function deliveryHtml({ integration, receivers, status, sentAt, due, lastError }: Delivery, now: number): Html {
  return html`<li><b>${receivers.join(', ')}</b> by ${integration}: <span class="label${status === 'failed' && ' loud'}">${status}</span>${sentAt !== null && html`, told ${timeHtml(sentAt, now)}`}${
    due !== null && html`, next ${due.kind} ${timeHtml(due.at, now)}`
  }${lastError !== null && html`<span class="why">${lastError}</span>`}</li>`;
}
