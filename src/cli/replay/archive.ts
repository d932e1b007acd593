// What a replay has decided so far: the service writes it to Redis, a replay keeps it for its report.

import type { DeliverEffect } from '../../correlate/draft.ts';
import type { Totals } from '../../correlate/ledger.ts';
import { EMPTY_TOTALS } from '../../correlate/ledger.ts';
import type { Changes, MemberMove } from '../../correlate/state.ts';
import type { AlertDocument, AlertState, Member, MemberState } from '../../model/alert.ts';
import type { Bulletin } from '../../model/bulletin.ts';
import type { Delivery, NotificationKind } from '../../model/delivery.ts';
import type { Suppression } from '../../model/evidence.ts';
import type { Incident } from '../../model/incident.ts';
import { compareText } from '../../model/labels.ts';
import { type Severity, worst } from '../../model/severity.ts';
import type { Instant } from '../../model/time.ts';

/** A message that people would have got. */
export interface Notification {
  readonly at: Instant;
  /** Null for a message about several. */
  readonly incidentId: string | null;
  readonly incidentIds: readonly string[];
  readonly receiver: string;
  readonly integration: string;
  readonly kind: NotificationKind;
  readonly severity: Severity;
}

/** Everything that a replay reports. */
export class Archive {
  readonly incidents = new Map<string, Incident>();
  readonly members = new Map<string, Map<string, Member>>();
  readonly documents = new Map<string, AlertDocument>();
  /** The alerts that flap or are held back, as their incidents show them. */
  readonly voiced = new Map<string, AlertState>();
  readonly suppressions: Suppression[] = [];
  readonly notifications: Notification[] = [];
  totals: Totals = EMPTY_TOTALS;

  /** Takes in what a turn changed. */
  take(changes: Changes): void {
    for (const [id, incident] of changes.incidents) this.incidents.set(id, incident);
    for (const [fingerprint, document] of changes.documents) if (document !== null) this.documents.set(fingerprint, document);
    for (const [fingerprint, alert] of changes.alerts) {
      if (alert !== null && (alert.flapping !== null || alert.hold !== null)) this.voiced.set(fingerprint, alert);
      else this.voiced.delete(fingerprint);
    }
    for (const move of changes.moves) this.#move(move);
    for (const { incidentId, member, joinedBecause } of changes.members.values()) this.#setMember(incidentId, member, joinedBecause);
    this.suppressions.push(...changes.suppressions);
    this.totals = changes.totals;
  }

  /** Takes in a message as it is sent. */
  notify(effect: DeliverEffect, delivery: Delivery, incident: Incident): void {
    this.notifications.push({
      at: effect.at,
      incidentId: incident.id,
      incidentIds: [incident.id],
      receiver: delivery.receivers[0] ?? '',
      integration: delivery.destination.integration,
      kind: effect.kind,
      severity: incident.severity,
    });
  }

  /** Takes in a bulletin as it is sent. */
  notifyOfMany(at: Instant, { destination, receivers, inFlight }: Bulletin): void {
    const entries = inFlight?.entries ?? [];
    const incidentIds = new Set(entries.flatMap((entry) => entry.incidentIds));
    const severity = entries.reduce<Severity>((most, entry) => worst(most, entry.severity), 'info');
    this.notifications.push({
      at,
      incidentId: null,
      incidentIds: [...incidentIds].sort(compareText),
      receiver: receivers[0] ?? '',
      integration: destination.integration,
      kind: 'digest',
      severity,
    });
  }

  #move({ from, to, fingerprint, played, because }: MemberMove): void {
    const member = this.members.get(from)?.get(fingerprint);
    this.members.get(from)?.delete(fingerprint);
    if (member !== undefined && !played) this.#setMember(to, member, member.joinedBecause.length > 0 ? member.joinedBecause : because);
  }

  #setMember(incidentId: string, member: MemberState, joinedBecause: Member['joinedBecause'] | null): void {
    let members = this.members.get(incidentId);
    if (members === undefined) {
      members = new Map();
      this.members.set(incidentId, members);
    }
    members.set(member.fingerprint, { ...member, joinedBecause: joinedBecause ?? members.get(member.fingerprint)?.joinedBecause ?? [] });
  }
}
