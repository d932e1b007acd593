// Decides how a message names the likely causes of an incident.

import type { IncidentView } from './integration.ts';
import { messageAlert } from './message-alert.ts';
import { plainText } from './plain-text.ts';

/** A likely cause as a message shows it; all texts are plain. */
export interface MessageCause {
  readonly entity: string;
  /** Between 0 and 1, to two digits. */
  readonly score: number;
  /** What its own alert says, `RULE: SUMMARY`; null when that is the message's first alert, or it has none among those shown. */
  readonly alert: string | null;
  /** Why, one sentence each without a full stop, the weightiest first; at most four. */
  readonly evidence: readonly string[];
}

const MAX_CAUSES = 3;
const MAX_EVIDENCE = 4;

/** The likely causes, best first, at most three. */
export function messageCauses(view: IncidentView): readonly MessageCause[] {
  return view.incident.rootCauses.slice(0, MAX_CAUSES).map((cause) => {
    const own = view.alerts.slice(1).find(({ member }) => member.fingerprint === cause.fingerprint);
    return {
      entity: plainText(cause.entity, 100) || 'unnamed',
      score: Math.round(cause.score * 100) / 100,
      alert: own === undefined ? null : ownAlert(own),
      evidence: cause.evidence.slice(0, MAX_EVIDENCE).map(({ summary }) => plainText(summary, 200)),
    };
  });
}

function ownAlert(own: IncidentView['alerts'][number]): string {
  const { rule, summary } = messageAlert(own);
  return summary === '' ? rule : `${rule}: ${summary}`;
}
