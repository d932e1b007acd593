// What a batch brought, in the lines that `winnow replay` reads: in the order in which it is decided, each at the time that the engine uses.

import type { ActionTaken, EngineEvent, UpstreamReconciled, WebhookEvent } from '../correlate/event.ts';
import type { EngineState } from '../correlate/state.ts';
import type { AlertLinks, ReceivedAlert } from '../model/alert.ts';
import { changeDocument } from '../model/change-document.ts';
import { compareText, labelsToObject } from '../model/labels.ts';
import { silenceDocument } from '../model/silence-document.ts';
import { formatInstant } from '../model/time.ts';

/** An action names so many alerts of its incident: ids are other ones where the history before it is missing. */
const MOST_FINGERPRINTS = 20;

/** The lines of a batch, without line breaks. How deliveries ended leaves none: a replay sends everything at once. */
export function recordedLines(events: readonly EngineEvent[], state: EngineState): string[] {
  const lines: string[] = [];
  let clock = state.clock;
  for (const event of events) {
    clock = Math.max(clock, event.receivedAt);
    const recorded = recordedEvent(event, state);
    if (recorded !== null) lines.push(JSON.stringify({ receivedAt: formatInstant(clock), ...recorded }));
  }
  return lines;
}

function recordedEvent(event: EngineEvent, state: EngineState): { readonly source: string; readonly body: object } | null {
  switch (event.kind) {
    case 'webhook':
      return { source: event.source, body: webhookBody(event) };
    case 'change':
      return { source: 'change', body: changeDocument(event.change) };
    case 'action':
      return { source: 'action', body: actionBody(event, state) };
    case 'topology':
      return { source: 'topology', body: { edges: event.edges.map(({ from, to }) => ({ from, to })) } };
    case 'silence':
      return { source: 'silence', body: silenceDocument(event.silence, event.receivedAt) };
    case 'silence-end':
      return { source: 'silence', body: { action: 'expire', id: event.id, by: event.by } };
    case 'config':
      return { source: 'config', body: { by: event.by, before: event.before, after: event.after } };
    case 'upstream':
      return upstreamLine(event);
    default:
      return null;
  }
}

/** A body that is read as this very event. `version` says whose it is. */
function webhookBody({ source, alerts, malformed }: WebhookEvent): object {
  return {
    version: source === 'grafana' ? '1' : '4',
    groupKey: alerts[0]?.groupKey ?? '',
    externalURL: alerts[0]?.links.alertmanager,
    alerts: [...malformed.map(({ raw }) => parsedOr(raw)), ...alerts.map(alertBody)],
  };
}

function alertBody({ status, labels, annotations, startsAt, endsAt, fingerprint, links }: ReceivedAlert): object {
  return {
    status,
    labels: labelsToObject(labels),
    annotations: labelsToObject(annotations),
    startsAt: startsAt?.text,
    endsAt: endsAt?.text,
    ...linkMembers(links),
    fingerprint,
  };
}

function linkMembers({ source, dashboard, panel, silence, image }: AlertLinks): object {
  return { generatorURL: source, dashboardURL: dashboard, panelURL: panel, silenceURL: silence, imageURL: image };
}

/** A malformed alert as it came; its text when that was cut, which is as malformed. */
function parsedOr(raw: string): unknown {
  try {
    return JSON.parse(raw);
  } catch {
    return raw;
  }
}

/** What ended or goes on upstream. What is muted there changes no more than a line of messages, and is long: it is left out. */
function upstreamLine({ gone, heard }: UpstreamReconciled): { readonly source: string; readonly body: object } | null {
  return gone.length + heard.length === 0 ? null : { source: 'upstream', body: { gone, heard } };
}

function actionBody(action: ActionTaken, state: EngineState): object {
  const { incidentId, by, comment, key } = action;
  return {
    action: action.action,
    incidentId,
    fingerprints: fingerprintsOf(action, state),
    ...deedMembers(action),
    by,
    comment,
    ...(key === undefined ? {} : { idempotencyKey: key }),
  };
}

/** Those that find the incident; of a split they are what is split off, and find it as well. */
function fingerprintsOf({ action, incidentId, fingerprints }: ActionTaken, state: EngineState): readonly string[] {
  if (action === 'split' || incidentId === null) return fingerprints;
  return [...new Set([...fingerprints, ...[...state.alertsIn(incidentId)].sort(compareText).slice(0, MOST_FINGERPRINTS)])];
}

/** What a kind of action says besides. */
function deedMembers(action: ActionTaken): object {
  switch (action.action) {
    case 'snooze':
      return { until: formatInstant(action.until) };
    case 'merge':
      return { into: action.into };
    case 'feedback':
      return { entity: action.entity, correct: action.correct };
    default:
      return {};
  }
}
