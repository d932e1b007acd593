// Silences are made, changed and ended, and begin and end by themselves: what that means for the alerts that fire.

import { alertWith } from '../model/alert.ts';
import { type CompiledSilence, SILENCE_KEPT, silenceDue, silenceState } from '../model/silence.ts';
import type { Instant } from '../model/time.ts';
import { auditSilence } from './audit.ts';
import type { Draft } from './draft.ts';
import type { SilenceEnded, SilenceSet } from './event.ts';
import { silenceMark } from './hold/hush.ts';
import { rehush } from './hold/rehush.ts';
import type { EventResult } from './person.ts';
import type { Policy } from './policy.ts';

/** Takes in a silence that was made or changed, and holds what it matches. */
export function setSilence(draft: Draft, { silence, matched }: SilenceSet, now: Instant, policy: Policy): EventResult {
  const before = draft.silence(silence.id);
  draft.setSilence({ ...silence, updatedAt: now });
  const kept = draft.silence(silence.id);
  if (kept === undefined) return { ok: false, code: 'not-found', detail: 'no such silence' };
  auditSilence(draft, { by: silence.createdBy, action: 'silence' }, before, kept, now);
  const fresh = draft.freshDocuments().flatMap((document) => (kept.matches(document.labels) ? [document.fingerprint] : []));
  const mark = silenceMark(silence.id);
  const matches = new Set([...matched, ...fresh]);
  for (const alert of draft.marked(mark)) {
    if (matches.has(alert.fingerprint)) continue;
    draft.setAlert(alertWith(alert, { marks: alert.marks.filter((each) => each !== mark) }));
    rehush(draft, alert.fingerprint, 'its silence was changed', now, policy);
  }
  for (const fingerprint of [...matches].sort()) {
    const alert = draft.alert(fingerprint);
    if (alert !== undefined && !alert.marks.includes(mark)) draft.setAlert(alertWith(alert, { marks: [...alert.marks, mark] }));
  }
  rehushMarked(draft, kept, 'its silence was changed', now, policy);
  return { ok: true, incidentId: null };
}

/** Ends a silence before its time, or before its start. One that is over stays as it is. */
export function endSilence(draft: Draft, { id, by }: SilenceEnded, now: Instant, policy: Policy): EventResult {
  const silence = draft.silence(id);
  if (silence === undefined) return { ok: false, code: 'not-found', detail: 'no such silence, or it was over long ago' };
  if (silenceState(silence, now) === 'expired') return { ok: true, incidentId: null };
  const ended = { ...silence, startsAt: Math.min(silence.startsAt, now), endsAt: now, updatedAt: now };
  draft.setSilence(ended);
  auditSilence(draft, { by, action: 'silence-end' }, silence, { ...silence, ...ended }, now);
  rehushMarked(draft, { ...silence, ...ended }, `${by} ended its silence`, now, policy);
  return { ok: true, incidentId: null };
}

/** A silence begins, ends, or need not be kept any longer. */
export function turnSilence(draft: Draft, id: string, now: Instant, policy: Policy): void {
  const silence = draft.silence(id);
  if (silence === undefined) return;
  if (now >= silence.endsAt + SILENCE_KEPT) draft.forgetSilence(id);
  else rehushMarked(draft, silence, 'its silence is over', now, policy);
}

function rehushMarked(draft: Draft, silence: CompiledSilence, why: string, now: Instant, policy: Policy): void {
  for (const { fingerprint } of draft.marked(silenceMark(silence.id))) rehush(draft, fingerprint, why, now, policy);
  draft.timers.push({ due: silenceDue(silence, now), kind: 'silence', id: silence.id });
}
