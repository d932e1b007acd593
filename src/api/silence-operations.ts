// Answers what is asked and done about silences.

import { compileMatcher, matchesAll } from '../model/matcher.ts';
import type { WrittenMatcher } from '../model/matcher-syntax.ts';
import { compareSilences, type Silence, silenceState } from '../model/silence.ts';
import { type SilenceDocument, type SilenceFault, silenceDocument, silenceMatchersOf, silenceOf } from '../model/silence-document.ts';
import type { ApiDependencies } from './dependencies.ts';
import type { Handlers } from './operation.ts';
import { answerPage } from './page.ts';
import { Problem } from './problem.ts';
import type { ListRange, ReadModel } from './read-model.ts';
import { assertDone, notFound } from './refusal.ts';

type SilenceOperation = 'listSilences' | 'setSilence' | 'previewSilence' | 'getSilence' | 'endSilence';

/** How many alerts are read at a time while those are looked for that a silence matches, and how many of them are named. */
const STRIDE = 1000;
const MOST_NAMED = 100;

/** The handlers of the operations on silences. */
export function silenceOperations({ readModel, commands, now }: ApiDependencies): Handlers<SilenceOperation> {
  const existing = async (id: string): Promise<Silence> => {
    const silence = await readModel.silence(id);
    if (silence === null) throw notFound('silence', id);
    return silence;
  };
  return {
    listSilences: async ({ query }) => {
      const { state = [] } = query;
      const at = now();
      const chosen = (await readModel.silences()).filter((silence) => state.length === 0 || state.includes(silenceState(silence, at)));
      const { records, nextCursor } = await answerPage('silences', query, { read: async (range) => partOf(chosen.sort(compareSilences(at)), range) });
      return { items: records.map((silence) => silenceDocument(silence, at)), nextCursor };
    },
    setSilence: async ({ body, actor }, reply) => {
      const at = now();
      const known = body.id === undefined || body.id === '' ? null : await existing(body.id);
      const changed = known !== null && silenceState(known, at) !== 'expired' ? known : null;
      const silence = silenceOf(actor === null ? body : { ...body, createdBy: actor }, { now: at, id: changed?.id ?? null });
      if ('fault' in silence) throw refused(silence);
      // A silence that is in force has begun, whatever is said of its start.
      const whole = changed !== null && silenceState(changed, at) === 'active' ? { ...silence, startsAt: changed.startsAt } : silence;
      assertDone(await commands.submit({ kind: 'silence', receivedAt: at, silence: whole, matched: [] }));
      reply.code(201);
      return silenceDocument((await readModel.silence(whole.id)) ?? whole, now());
    },
    previewSilence: async ({ body }) => {
      const matchers = silenceMatchersOf(body.matchers);
      if ('fault' in matchers) throw refused(matchers);
      return matchesOf(readModel, matchers);
    },
    getSilence: async ({ path }) => {
      const silence = await existing(path.id);
      return { ...silenceDocument(silence, now()), matching: await matchesOf(readModel, silence.matchers) };
    },
    endSilence: async ({ path, query, actor }) => {
      await existing(path.id);
      assertDone(await commands.submit({ kind: 'silence-end', receivedAt: now(), id: path.id, by: actor ?? query.by ?? 'anonymous' }));
      return silenceDocument(await existing(path.id), now());
    },
  };
}

function refused({ fault: { pointer, detail } }: SilenceFault): Problem {
  return new Problem({ status: 400, code: 'invalid-request', detail: `the body's ${pointer.slice(1)} ${detail}`, pointer });
}

/** A part of a list that is read whole. */
function partOf(silences: readonly Silence[], { after, limit }: ListRange) {
  const from = after === null ? 0 : silences.findIndex(({ id }) => id === after) + 1;
  return silences.slice(from, from + limit).map((record) => ({ position: record.id, record }));
}

/** The alerts that fire which matchers fit. */
async function matchesOf(readModel: ReadModel, written: readonly WrittenMatcher[]): Promise<NonNullable<SilenceDocument['matching']>> {
  const matchers = written.map(compileMatcher);
  const fingerprints: string[] = [];
  for (let after: string | null = null; ; ) {
    const part = await readModel.alerts({ after, limit: STRIDE });
    const firing = part.flatMap(({ record }) => (record.status === 'firing' ? [record.fingerprint] : []));
    const documents = await readModel.documents(firing);
    for (const fingerprint of firing) {
      const document = documents.get(fingerprint);
      if (document !== undefined && matchesAll(matchers, document.labels)) fingerprints.push(fingerprint);
    }
    const last = part.at(-1);
    if (last === undefined || part.length < STRIDE) return { count: fingerprints.length, fingerprints: fingerprints.slice(0, MOST_NAMED) };
    after = last.position;
  }
}
