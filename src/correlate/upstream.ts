// What Alertmanager says of alerts that fire here: some have ended there, some tell nobody.

import { alertWith } from '../model/alert.ts';
import { type Incident, type MutedUpstream, mutedInWords, NOT_MUTED } from '../model/incident.ts';
import { type Instant, timestampOf } from '../model/time.ts';
import type { Draft } from './draft.ts';
import { endAlert } from './end.ts';
import type { UpstreamReconciled } from './event.ts';
import type { Policy } from './policy.ts';
import { touch } from './touch.ts';

/** Ends what has ended there, keeps what fires there from going stale, and shows in each incident how many of its alerts are muted there. */
export function takeUpstream(draft: Draft, event: UpstreamReconciled, now: Instant, policy: Policy): void {
  for (const fingerprint of event.gone) endGone(draft, fingerprint, now, policy);
  for (const fingerprint of event.heard) {
    const known = draft.alert(fingerprint);
    if (known?.status === 'firing') draft.setAlert(alertWith(known, { heardAt: now }));
  }
  const muted = new Map<string, MutedUpstream>();
  const count = (fingerprint: string, how: keyof MutedUpstream): void => {
    const known = draft.alert(fingerprint);
    if (known?.status !== 'firing' || known.membership === null) return;
    const { incidentId } = known.membership;
    const before = muted.get(incidentId) ?? NOT_MUTED;
    muted.set(incidentId, { ...before, [how]: before[how] + 1 });
  };
  for (const fingerprint of event.silenced) count(fingerprint, 'silenced');
  for (const fingerprint of event.inhibited) count(fingerprint, 'inhibited');
  for (const incident of draft.openIncidents()) show(draft, incident, muted.get(incident.id) ?? NOT_MUTED, now);
}

function endGone(draft: Draft, fingerprint: string, now: Instant, policy: Policy): void {
  const known = draft.alert(fingerprint);
  if (known?.status !== 'firing') return;
  if (known.membership !== null) {
    const what = known.entity === null ? known.rule : `${known.rule} on ${known.entity}`;
    draft.record(known.membership.incidentId, {
      at: now,
      kind: 'reconciled',
      summary: `Alertmanager has ${what} no longer; its resolve never came`,
      evidence: [],
      fingerprint,
    });
  }
  endAlert(draft, known, { startsAt: known.startsAt, endsAt: timestampOf(now), by: 'recovery' }, 0, now, policy);
}

function show(draft: Draft, incident: Incident, muted: MutedUpstream, now: Instant): void {
  const before = incident.mutedUpstream;
  if (before.silenced === muted.silenced && before.inhibited === muted.inhibited) return;
  touch(draft, incident, now, { mutedUpstream: muted }, { news: 'shown' });
  draft.record(incident.id, {
    at: now,
    kind: 'muted-upstream',
    summary: mutedInWords(muted) ?? 'none of its alerts is silenced or inhibited in Alertmanager any more',
    evidence: [],
  });
}
