// How alerts and members of incidents stand in Redis. Their fingerprint is the name of the field that holds them.

import type { AlertSource, AlertState, AlertStatus, DoubtfulFiring, MemberState, Membership } from '../model/alert.ts';
import type { Domain, Severity } from '../model/severity.ts';
import type { Instant, Milliseconds, Timestamp } from '../model/time.ts';
import type { Unrecovered } from '../model/unrecovered.ts';
import { decodeFields, decodeTime, encodeFields, encodeTime, type StoredTime } from './record-codec.ts';

/** A membership; its start is null when it is the alert's own. */
type MembershipFields = readonly [incidentId: string, startsAt: StoredTime | null, occurrences: number];

type AlertFields = readonly [
  status: AlertStatus,
  startsAt: StoredTime,
  endsAt: StoredTime | null,
  changedAt: Instant,
  /** After the change of status. */
  heardAfter: Milliseconds,
  rule: string,
  entity: string | null,
  domain: Domain,
  severity: Severity,
  source: AlertSource,
  membership: MembershipFields | null,
  past?: readonly MembershipFields[],
  doubtful?: DoubtfulFiring | null,
  voice?: VoiceFields | null,
];

/** What most alerts have nothing of. */
type VoiceFields = Pick<AlertState, 'hold' | 'marks' | 'flapping' | 'heartbeat'>;

/** Writes what is remembered of an alert. */
export function encodeAlert(alert: AlertState): string {
  const { status, startsAt, endsAt, changedAt, heardAt, rule, entity, domain, severity, source, membership, past, doubtful, hold, marks, flapping, heartbeat } =
    alert;
  const written = (part: Membership): MembershipFields => [
    part.incidentId,
    part.startsAt.text === startsAt.text ? null : encodeTime(part.startsAt),
    part.occurrences,
  ];
  const fields: AlertFields = [
    status,
    encodeTime(startsAt),
    endsAt === null ? null : encodeTime(endsAt),
    changedAt,
    heardAt - changedAt,
    rule,
    entity,
    domain,
    severity,
    source,
    membership === null ? null : written(membership),
  ];
  const plain = hold === null && marks.length === 0 && flapping === null && heartbeat === null;
  if (plain && past.length === 0 && doubtful === null) return encodeFields(fields);
  return encodeFields([...fields, past.map(written), doubtful, ...(plain ? [] : [{ hold, marks, flapping, heartbeat } satisfies VoiceFields])]);
}

/** Reads what is remembered of an alert. */
export function decodeAlert(text: string, fingerprint: string): AlertState {
  return decodeFields(
    text,
    ([
      status,
      start,
      end,
      changedAt,
      heardAfter,
      rule,
      entity,
      domain,
      severity,
      source,
      membership,
      past = NO_PAST,
      doubtful = null,
      voice = null,
    ]: AlertFields) => {
      const startsAt = decodeTime(start);
      return {
        fingerprint,
        status,
        startsAt,
        endsAt: end === null ? null : decodeTime(end),
        changedAt,
        heardAt: changedAt + heardAfter,
        rule,
        entity,
        domain,
        severity,
        membership: membership === null ? null : membershipOf(membership, startsAt),
        past: past.length === 0 ? NO_MEMBERSHIPS : past.map((part) => membershipOf(part, startsAt)),
        doubtful,
        ...(voice ?? PLAIN),
        source,
      };
    },
    (stored: AlertState) => ({ ...PLAIN, ...stored }),
  );
}

const PLAIN: VoiceFields = { hold: null, marks: [], flapping: null, heartbeat: null };
const NO_PAST: readonly MembershipFields[] = [];
const NO_MEMBERSHIPS: readonly Membership[] = [];

function membershipOf([incidentId, startsAt, occurrences]: MembershipFields, alertStartsAt: Timestamp): Membership {
  return { incidentId, startsAt: startsAt === null ? alertStartsAt : decodeTime(startsAt), occurrences };
}

/** A member without why it joined; its latest start is null when it is the first one. */
type MemberFields = readonly [
  status: AlertStatus,
  startsAt: StoredTime,
  lastStartsAt: StoredTime | null,
  endsAt: StoredTime | null,
  occurrences: number,
  rule: string,
  entity: string | null,
  domain: Domain,
  severity: Severity,
  unrecovered?: Unrecovered,
];

/** Writes a member of an incident without why it joined. */
export function encodeMember({ status, startsAt, lastStartsAt, endsAt, occurrences, rule, entity, domain, severity, unrecovered }: MemberState): string {
  const last = lastStartsAt.text === startsAt.text ? null : encodeTime(lastStartsAt);
  const end = endsAt === null ? null : encodeTime(endsAt);
  const fields: MemberFields = [status, encodeTime(startsAt), last, end, occurrences, rule, entity, domain, severity];
  return encodeFields(unrecovered === undefined ? fields : [...fields, unrecovered]);
}

/** Reads a member of an incident without why it joined. */
export function decodeMember(text: string, fingerprint: string): MemberState {
  return decodeFields(
    text,
    ([status, start, last, end, occurrences, rule, entity, domain, severity, unrecovered]: MemberFields) => {
      const startsAt = decodeTime(start);
      const lastStartsAt = last === null ? startsAt : decodeTime(last);
      const endsAt = end === null ? null : decodeTime(end);
      const member = { fingerprint, status, startsAt, lastStartsAt, endsAt, occurrences, rule, entity, domain, severity };
      return unrecovered === undefined ? member : { ...member, unrecovered };
    },
    (stored: MemberState) => stored,
  );
}
