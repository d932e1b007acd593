// What of a webhook stands in a recording where labels or annotations are redacted: their values sealed, so that a replay
// under the same key decides the same, and nobody else reads them.

import type { EngineEvent, WebhookEvent } from '../correlate/event.ts';
import type { Redaction } from '../correlate/policy.ts';
import type { ReceivedAlert } from '../model/alert.ts';
import type { Labels } from '../model/labels.ts';

/** What stands for a malformed alert, as malformed as that was. */
const WITHHELD = '"(withheld: something in it may have to be redacted)"';

/** The event as it is recorded. */
export function sealedEvent(event: EngineEvent, redaction: Redaction): EngineEvent {
  if (event.kind !== 'webhook' || !redacts(redaction)) return event;
  return {
    ...event,
    malformed: event.malformed.map((malformed) => ({ ...malformed, raw: WITHHELD })),
    alerts: event.alerts.map((alert) => {
      const { silence: _, ...links } = alert.links;
      return { ...changed(alert, redaction, redaction.sealed), links: redaction.labels.size === 0 ? alert.links : links };
    }),
  };
}

/** The event as it came, as far as it was sealed with the key of this redaction. */
export function unsealedEvent<E extends EngineEvent>(event: E, redaction: Redaction): E | WebhookEvent {
  if (event.kind !== 'webhook' || !redacts(redaction)) return event;
  return { ...event, alerts: event.alerts.map((alert) => changed(alert, redaction, redaction.unsealed)) };
}

function redacts({ labels, annotations }: Redaction): boolean {
  return labels.size + annotations.size > 0;
}

/** The group key holds values of labels, and says nothing but which alerts it is the same of. */
function changed(alert: ReceivedAlert, { labels, annotations }: Redaction, change: (text: string) => string): ReceivedAlert {
  return {
    ...alert,
    labels: changedValues(alert.labels, labels, change),
    annotations: changedValues(alert.annotations, annotations, change),
    groupKey: labels.size === 0 || alert.groupKey === '' ? alert.groupKey : change(alert.groupKey),
  };
}

function changedValues(values: Labels, names: ReadonlySet<string>, change: (text: string) => string): Labels {
  for (const name of names) if (values.has(name)) return new Map([...values].map(([each, value]) => [each, names.has(each) ? change(value) : value]));
  return values;
}
