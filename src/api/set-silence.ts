// Makes and changes silences: what is posted becomes one that is committed.

import { type Silence, silenceState } from '../model/silence.ts';
import { type SilenceFault, type SilenceRequest, silenceOf } from '../model/silence-document.ts';
import type { ApiDependencies } from './dependencies.ts';
import { Problem } from './problem.ts';
import type { ReadModel } from './read-model.ts';
import { assertDone, notFound } from './refusal.ts';

/** What making a silence takes. */
export type SilenceDependencies = Pick<ApiDependencies, 'readModel' | 'commands' | 'now'>;

/** Makes the silence that a request speaks of, or changes the one that it names, unless that is over. Throws a `Problem` when it is refused. */
export async function setSilence(request: SilenceRequest, { readModel, commands, now }: SilenceDependencies): Promise<Silence> {
  const at = now();
  const known = request.id === undefined || request.id === '' ? null : await existingSilence(readModel, request.id);
  const changed = known !== null && silenceState(known, at) !== 'expired' ? known : null;
  const silence = silenceOf(request, { now: at, id: changed?.id ?? null });
  if ('fault' in silence) throw refusedSilence(silence);
  // A silence that is in force has begun, whatever is said of its start.
  const whole = changed !== null && silenceState(changed, at) === 'active' ? { ...silence, startsAt: changed.startsAt } : silence;
  assertDone(await commands.submit({ kind: 'silence', receivedAt: at, silence: whole, matched: [] }));
  return (await readModel.silence(whole.id)) ?? whole;
}

/** The silence with an id; throws the problem of one that does not exist. */
export async function existingSilence(readModel: Pick<ReadModel, 'silence'>, id: string): Promise<Silence> {
  const silence = await readModel.silence(id);
  if (silence === null) throw notFound('silence', id);
  return silence;
}

/** The problem of a request that makes no silence. */
export function refusedSilence({ fault: { pointer, detail } }: SilenceFault): Problem {
  return new Problem({ status: 400, code: 'invalid-request', detail: `the body's ${pointer.slice(1)} ${detail}`, pointer });
}
