// What a message about a webhook would be made of: the webhook runs through the engine, as in a replay.

import type { WebhookEvent } from '../../correlate/event.ts';
import type { Policy } from '../../correlate/policy.ts';
import { compareText } from '../../model/labels.ts';
import type { IncidentView } from '../../notify/integration.ts';
import { mostImportant } from '../../notify/view-order.ts';
import { Replay } from '../replay/replay.ts';

/** How many alerts a message shows. */
const MOST_VIEWED = 20;

/** The incidents that a webhook makes, as messages would show them, the first first. */
export function viewsOf(event: WebhookEvent, policy: Policy, externalUrl: string | null): readonly IncidentView[] {
  const replay = new Replay(policy);
  replay.event(event);
  replay.finish();
  const { incidents, members, documents } = replay.archive;
  return [...incidents.values()]
    .sort((a, b) => compareText(a.id, b.id))
    .map((incident) => ({
      incident,
      externalUrl,
      alerts: mostImportant(members.get(incident.id)?.values() ?? [], incident, MOST_VIEWED).flatMap((member) => {
        const document = documents.get(member.fingerprint);
        return document === undefined ? [] : [{ member, document }];
      }),
    }));
}
