// Answers what is asked and done about silences.

import { compileMatcher, matchesAll } from '../model/matcher.ts';
import type { WrittenMatcher } from '../model/matcher-syntax.ts';
import { compareSilences, type Silence, silenceState } from '../model/silence.ts';
import { type SilenceDocument, silenceDocument, silenceMatchersOf } from '../model/silence-document.ts';
import type { ApiDependencies } from './dependencies.ts';
import { firingAlerts } from './firing-alerts.ts';
import type { Handlers } from './operation.ts';
import { answerPage } from './page.ts';
import type { ListRange, ReadModel } from './read-model.ts';
import { assertDone } from './refusal.ts';
import { existingSilence, refusedSilence, setSilence } from './set-silence.ts';

type SilenceOperation = 'listSilences' | 'setSilence' | 'previewSilence' | 'getSilence' | 'endSilence';

/** How many of the alerts that a silence matches are named. */
const MOST_NAMED = 100;

/** The handlers of the operations on silences. */
export function silenceOperations({ readModel, commands, now }: ApiDependencies): Handlers<SilenceOperation> {
  const existing = (id: string) => existingSilence(readModel, id);
  return {
    listSilences: async ({ query }) => {
      const { state = [] } = query;
      const at = now();
      const chosen = (await readModel.silences()).filter((silence) => state.length === 0 || state.includes(silenceState(silence, at)));
      const { records, nextCursor } = await answerPage('silences', query, { read: async (range) => partOf(chosen.sort(compareSilences(at)), range) });
      return { items: records.map((silence) => silenceDocument(silence, at)), nextCursor };
    },
    setSilence: async ({ body, actor }, reply) => {
      const silence = await setSilence(actor === null ? body : { ...body, createdBy: actor }, { readModel, commands, now });
      reply.code(201);
      return silenceDocument(silence, now());
    },
    previewSilence: async ({ body }) => {
      const matchers = silenceMatchersOf(body.matchers);
      if ('fault' in matchers) throw refusedSilence(matchers);
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

/** A part of a list that is read whole. */
function partOf(silences: readonly Silence[], { after, limit }: ListRange) {
  const from = after === null ? 0 : silences.findIndex(({ id }) => id === after) + 1;
  return silences.slice(from, from + limit).map((record) => ({ position: record.id, record }));
}

/** The alerts that fire which matchers fit. */
async function matchesOf(readModel: ReadModel, written: readonly WrittenMatcher[]): Promise<NonNullable<SilenceDocument['matching']>> {
  const matchers = written.map(compileMatcher);
  const fingerprints: string[] = [];
  for await (const { alert, document } of firingAlerts(readModel)) if (matchesAll(matchers, document.labels)) fingerprints.push(alert.fingerprint);
  return { count: fingerprints.length, fingerprints: fingerprints.slice(0, MOST_NAMED) };
}
