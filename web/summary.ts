// Decides what stands above everything: how many incidents are not over, and what became of all alerts.

import type { Incident, Ledger } from './api.ts';
import { SEVERITIES } from './filter.ts';
import { type Html, html } from './html.ts';

/** How many incidents are open and acknowledged, and how bad the open ones are. `more` says that there are more than these. */
export interface Counts {
  readonly open: number;
  readonly acknowledged: number;
  /** `2 critical, 1 warning`; empty when none is open. */
  readonly bySeverity: string;
  readonly more: boolean;
}

/** Counts incidents that are not over. */
export function countsOf(incidents: readonly Incident[], more: boolean): Counts {
  const open = incidents.filter(({ status }) => status === 'open');
  const of = (severity: string) => open.filter((incident) => incident.severity === severity).length;
  return {
    open: open.length,
    acknowledged: incidents.filter(({ status }) => status === 'acknowledged').length,
    bySeverity: SEVERITIES.filter((severity) => of(severity) > 0)
      .map((severity) => `${of(severity)} ${severity}`)
      .join(', '),
    more,
  };
}

/** The heading: `3 open` and how bad they are. */
export function countsHtml({ open, acknowledged, bySeverity, more }: Counts): Html {
  const of = bySeverity === '' ? '' : `: ${bySeverity}`;
  return html`<b>${open}${more && '+'} open</b>${of}${acknowledged > 0 && html` · ${acknowledged} acknowledged`}`;
}

/** The title of the window, so that a tab in the background says what is open. */
export function windowTitle({ open, more }: Counts): string {
  return open === 0 ? 'Winnow' : `(${open}${more ? '+' : ''}) Winnow`;
}

/** The ledger in one line; the reasons of what was suppressed stand in its title. */
export function ledgerHtml({ received, notified, pending, suppressed, duplicate, failed, suppressedByReason }: Ledger): Html {
  const reasons = Object.entries(suppressedByReason)
    .map(([reason, count]) => `${count} ${reason}`)
    .join(', ');
  return html`<span class="account">${received} received</span> = <span class="account">${notified} notified</span> + <span class="account">${pending} pending</span> + <span class="account" title="${reasons}">${suppressed} suppressed</span> + <span class="account">${duplicate} duplicate</span> + <span class="account${failed > 0 && ' failed'}">${failed} failed</span>`;
}
