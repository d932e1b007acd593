// What holding back does: each mechanism switched off, history cut, and the noise removed, by which nothing real may be told later.

import { WITHOUT_HOLDS } from '../product.mjs';
import { ofDistinctIncidents } from '../streams.mjs';
import { countText, openTable, shareText } from '../table.mjs';
import { FIGURES } from '../targets.mjs';
import { attempt, tryFigures, tryReplay, UNSCORED } from '../try-replay.mjs';

const DAY = 86_400_000;
/** The figures of the first two tables: what each is called there. */
const SHOWN = {
  pageRecall: 'recall',
  never: 'never told',
  untold: 'untold',
  pageDelay: 'page s',
  trapPage: 'trap page s',
  trapTold: 'trap told s',
  lasting: 'lasting',
  noiseReduction: 'reduction',
  falsePages: 'false pages',
  pages: 'pages',
  messages: 'messages',
};
const COLUMNS = [['stream', -26], ['replayed', -22], ...Object.values(SHOWN).map((name) => [name, name.length])];
const NOISE_COLUMNS = [
  ['stream', -26],
  ['faults', 6],
  ['told later, no traps', 20],
  ['most, s', 7],
  ['traps later', 11],
  ['most, s', 7],
  ['told only without', 17],
  ['told only with', 14],
];

/** Prints a table for each of the three and answers their rows. */
export function suppression({ streams, product }) {
  const distinct = ofDistinctIncidents(streams);
  const alarms = streams.filter(({ kind }) => kind === 'alarms');
  return {
    mechanisms: mechanisms([...distinct, ...alarms], product),
    history: cutHistory(distinct, product),
    noise: withoutNoise(distinct, product),
  };
}

function mechanisms(streams, product) {
  const print = openRows('What each mechanism does');
  return streams.flatMap((stream) => [
    print(stream, 'as configured', tryFigures(product, stream)),
    ...Object.entries(WITHOUT_HOLDS).map(([name, vary]) => print(stream, name, tryFigures(product, stream, { policy: vary(stream.policy) }))),
  ]);
}

function cutHistory(streams, product) {
  const print = openRows('The second half of each stream, after more and less history');
  return streams.flatMap((stream) => {
    const { from, figures } = stream.secondHalf;
    const since = (instant) => {
      const printed = tryReplay(product, stream, instant === null ? {} : { events: stream.events.filter(({ receivedAt }) => receivedAt >= instant) });
      return printed === null ? null : attempt(stream, UNSCORED, () => figures(printed));
    };
    const [{ receivedAt: first }] = stream.events;
    return [
      print(stream, 'all history', since(null)),
      ...(first < from - DAY ? [print(stream, 'one day of it', since(from - DAY))] : []),
      print(stream, 'none', since(from)),
    ];
  });
}

function openRows(title) {
  const print = openTable(`${title}; messages and pages of a day on composed streams, else of all of it`, COLUMNS);
  return ({ name }, replayed, figures) => {
    print([name, replayed, ...Object.keys(SHOWN).map((figure) => (FIGURES[figure].share ? shareText : countText)(figures?.[figure]))]);
    return { stream: name, replayed, figures };
  };
}

function withoutNoise(streams, product) {
  const quiet = new Map(streams.map((stream) => [stream, stream.eventsWithoutNoise()]));
  const printRow = openRows('With the noise removed');
  const volumes = streams.flatMap((stream) => [
    printRow(stream, 'as recorded', tryFigures(product, stream)),
    printRow(stream, 'noise removed', tryFigures(product, stream, { events: quiet.get(stream) })),
  ]);
  const print = openTable('Faults told later with noise than without it', NOISE_COLUMNS);
  const delays = streams.flatMap((stream) => {
    const told = (events) => {
      const printed = tryReplay(product, stream, { events });
      return printed === null ? null : attempt(stream, UNSCORED, () => stream.toldDelays(printed));
    };
    const [noisy, clean] = [told(stream.events), told(quiet.get(stream))];
    if (noisy === null || clean === null) return [];
    const row = { stream: stream.name, ...latenessOf(stream, noisy, clean) };
    const { faults, plain, traps, onlyWithout, onlyWith } = row;
    print([stream.name, faults, plain.length, mostText(plain), traps.length, mostText(traps), onlyWithout.length, onlyWith.length]);
    return [row];
  });
  return { volumes, delays };
}

/** The faults that noise delays by a second or more, as `{id, seconds}`, traps apart, and those told of only with or without it. */
function latenessOf(stream, noisy, clean) {
  const ids = [...noisy.keys()];
  const isTold = (delays, id) => (delays.get(id) ?? null) !== null;
  const later = ids
    .filter((id) => isTold(noisy, id) && isTold(clean, id))
    .map((id) => ({ id, seconds: noisy.get(id) - clean.get(id) }))
    .filter(({ seconds }) => seconds >= 1);
  return {
    faults: ids.length,
    plain: later.filter(({ id }) => !stream.isTrap(id)),
    traps: later.filter(({ id }) => stream.isTrap(id)),
    onlyWithout: ids.filter((id) => isTold(clean, id) && !isTold(noisy, id)),
    onlyWith: ids.filter((id) => isTold(noisy, id) && !isTold(clean, id)),
  };
}

function mostText(later) {
  return later.length === 0 ? null : countText(Math.max(...later.map(({ seconds }) => seconds)));
}
