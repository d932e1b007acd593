// Whether nobody is to hear of an alert whatever else is decided: it is silenced, or a graver alert inhibits it.

import type { AlertState, Hold } from '../../model/alert.ts';
import type { Hush, Incident } from '../../model/incident.ts';
import type { Labels } from '../../model/labels.ts';
import { type CompiledSilence, silenceInWords, silenceState } from '../../model/silence.ts';
import { DAY, type Instant, type Milliseconds } from '../../model/time.ts';
import type { Draft } from '../draft.ts';
import type { InhibitRule, Policy } from '../policy.ts';
import { inhibitorsOf } from './inhibition.ts';
import type { HoldVerdict } from './outcome.ts';

/** The mark of the alerts that a silence matches. */
export function silenceMark(id: string): string {
  return `!${id}`;
}

/** The marks of the silences that match labels, those that begin later among them. They are read once, while the labels are at hand. */
export function silenceMarks(silences: readonly CompiledSilence[], labels: Labels, now: Instant): readonly string[] {
  if (silences.length === 0) return NONE;
  return silences.filter((silence) => now < silence.endsAt && silence.matches(labels)).map(({ id }) => silenceMark(id));
}

const NONE: readonly string[] = [];
/** An inhibition lasts as long as what inhibits fires; it is judged anew after a day, so that nothing is held for ever. */
const INHIBITED_FOR: Milliseconds = DAY;

/** Why nobody is to hear of an alert now, and until when; null when nothing silences or inhibits it. */
export function hushOn(draft: Draft, { fingerprint, marks }: Pick<AlertState, 'fingerprint' | 'marks'>, now: Instant, policy: Policy): HoldVerdict | null {
  if (marks.length === 0) return null;
  const silence = longest(
    marks.flatMap((mark) => (mark.startsWith('!') ? (draft.silence(mark.slice(1)) ?? []) : [])).filter((each) => silenceState(each, now) === 'active'),
  );
  if (silence !== null) return verdict('silenced', silence.endsAt, silenceInWords(silence));
  const inhibited = inhibitorsOf(draft, { fingerprint, marks }, policy.inhibitRules);
  return inhibited === null ? null : verdict('inhibited', now + INHIBITED_FOR, inWords(inhibited.source, inhibited.rule));
}

/** Of several silences the one that lasts longest, as its end is when people hear of it. */
function longest(silences: readonly CompiledSilence[]): CompiledSilence | null {
  return silences.reduce<CompiledSilence | null>((most, silence) => (most === null || silence.endsAt > most.endsAt ? silence : most), null);
}

function verdict(reason: Hush['reason'], until: Instant, summary: string): HoldVerdict {
  return { kind: 'hold', reason, rule: null, until, digest: false, thin: false, alone: true, conditions: null, evidence: [{ kind: reason, summary }] };
}

function inWords({ rule, entity }: AlertState, { source, target, equal }: InhibitRule): string {
  const where = equal.length === 0 ? '' : ` with the same ${equal.join(', ')}`;
  return `inhibited while ${rule}${entity === null ? '' : ` on ${entity}`} fires: alerts of ${source.text} inhibit those of ${target.text}${where}`;
}

/** Whether a hold is a silence's or an inhibition's. */
export function isHush(hold: Pick<Hold, 'reason'> | null): hold is Hold & { readonly reason: Hush['reason'] } {
  return hold?.reason === 'silenced' || hold?.reason === 'inhibited';
}

/** What an incident counts of its held alerts once a hold of one of them has become another, or none. */
export function heldIn(incident: Incident, before: Hold | null, after: Hold | null): Pick<Incident, 'held' | 'hush'> {
  const waiting = (hold: Hold | null) => (hold?.alone === false ? 1 : 0);
  return { held: incident.held + waiting(after) - waiting(before), hush: hushIn(incident, before, after) };
}

function hushIn({ hush, firingCount }: Incident, before: Hold | null, after: Hold | null): Hush | null {
  const count = (hush?.count ?? 0) + (isHush(after) ? 1 : 0) - (isHush(before) ? 1 : 0);
  if (isHush(after)) return { count, reason: after.reason, because: after.evidence[0]?.summary ?? '' };
  // When the last that fired ends, it is known why nobody heard of it.
  return hush !== null && (count > 0 || firingCount === 0) ? { ...hush, count } : null;
}
