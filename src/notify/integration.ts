// What every integration does: take a view of an incident or of a bulletin, make a message, send it once.

import type { AlertDocument, MemberState } from '../model/alert.ts';
import type { BulletinEntry, BulletinKind } from '../model/bulletin.ts';
import type { NotificationKind, SentReference, Told } from '../model/delivery.ts';
import type { TimelineEntry } from '../model/evidence.ts';
import type { Incident } from '../model/incident.ts';
import type { Milliseconds } from '../model/time.ts';
import type { MessageTemplate, Target } from './target.ts';

/** An alert of an incident with what it says. */
export interface ViewedAlert {
  readonly member: MemberState;
  readonly document: AlertDocument;
}

/** What a message is made of: an incident as it stands, and the alerts that matter most. */
export interface IncidentView {
  readonly incident: Incident;
  /** As many as the integration shows, 20 by default, most important first: firing before resolved, worse before milder, earlier before later. */
  readonly alerts: readonly ViewedAlert[];
  /** The base URL of this service's own pages and API, or null when it is not configured. */
  readonly externalUrl: string | null;
  /** How its receiver wants it to look; left out for the usual. */
  readonly template?: MessageTemplate;
}

/** What a message about several alerts or incidents is made of. */
export interface BulletinView {
  readonly kind: BulletinKind;
  readonly entries: readonly BulletinEntry[];
  /** How many alerts are not among the entries. */
  readonly more: number;
  /** Whether it says that a storm is over. */
  readonly over: boolean;
  /** As in `IncidentView`. */
  readonly externalUrl: string | null;
}

/** What any message is sent by. */
export interface MessageRequest<T extends Target = Target> {
  readonly target: T;
  /** What is known of the message that stands there; empty before the first. */
  readonly reference: SentReference;
  /** Names this very message: `deliveryId` and `seq` never name another. */
  readonly deliveryId: string;
  readonly seq: number;
  /** True when an earlier attempt at this very message ended without a known outcome. */
  readonly uncertain: boolean;
}

/** What happened to an incident. */
export interface News {
  /** The decisions since, oldest first. */
  readonly entries: readonly TimelineEntry[];
  /** How many decisions there are in all, for `SentReference.entries`. */
  readonly length: number;
}

/** One message to send, or to send again. */
export interface SendRequest<T extends Target = Target> extends MessageRequest<T> {
  readonly view: IncidentView;
  readonly kind: NotificationKind;
  /** What the destination was told last; left out before the first message. */
  readonly told?: Told;
  /** The receivers that lead there, sorted. */
  readonly receivers?: readonly string[];
  /** What happened since the message there was last added to; given where messages can be edited. */
  readonly news?: News;
}

/** One bulletin to send, or to send again. */
export interface BulletinRequest<T extends Target = Target> extends MessageRequest<T> {
  readonly view: BulletinView;
}

/** How an attempt ended. Errors are texts without secrets. */
export type SendOutcome =
  /** With the error that made it a new message, if the one that stood could not be changed any more. */
  | { readonly kind: 'sent'; readonly reference: SentReference; readonly anewBecause?: string }
  /** Worth another attempt, after this long if the other side said so; `uncertain` when it may have been received. */
  | {
      readonly kind: 'retry';
      readonly after: Milliseconds | null;
      readonly error: string;
      readonly uncertain: boolean;
      /** The whole app is to be left alone for that long. */
      readonly limited?: true;
    }
  /** Not worth another attempt. */
  | { readonly kind: 'refused'; readonly error: string };

/**
 * An integration: one per kind of target. It never throws for what the other side does. When it was
 * told that an earlier attempt is uncertain, and cannot tell what became of it, its own outcome is too.
 */
export interface Integration<T extends Target = Target> {
  readonly kind: T['kind'];
  /** How many alerts of an incident it is to be shown at most; 20 where this is left out. */
  viewed?(target: T): number;
  send(request: SendRequest<T>): Promise<SendOutcome>;
  /** Left out where a message can only be about one incident. */
  sendBulletin?(request: BulletinRequest<T>): Promise<SendOutcome>;
}
