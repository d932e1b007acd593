// The main table: for each stream today's figures, those of the best simple baseline, the targets, and the change since the last commit.

import { earlierFigures, keepFigures, presentVersion } from '../last-figures.mjs';
import { changeText, countText, openTable, shareText } from '../table.mjs';
import { FIGURES, isMet, TARGETS } from '../targets.mjs';
import { tryFigures } from '../try-replay.mjs';

const COLUMNS = [
  ['stream', -26],
  ['figure', -28],
  ['today', 7],
  ['baseline', 8],
  ['target', 6],
  ['', -6],
  ['since', 7],
];

/** Prints the table, keeps the figures, and answers one row for each figure of each stream. A target that is missed is no failure. */
export function figures({ streams, product }) {
  const version = presentVersion();
  const earlier = earlierFigures(version);
  const today = {};
  const rows = [];
  const print = openTable(`Figures of ${shortName(version.name)}`, COLUMNS);
  for (const stream of streams) {
    const found = tryFigures(product, stream);
    if (found === null) {
      print([stream.name, 'the replay failed']);
      continue;
    }
    today[stream.name] = found;
    const rowsHere = rowsOf(stream, found, earlier?.streams[stream.name]);
    for (const row of rowsHere) print(cellsOf(row));
    rows.push(...rowsHere);
  }
  keepFigures(version, today);
  const targeted = rows.filter(({ met }) => met !== null);
  console.log(`\n${targeted.filter(({ met }) => met).length} of ${targeted.length} targets met; ${sinceText(earlier)}`);
  return { version: version.name, since: earlier?.name ?? null, rows };
}

function rowsOf(stream, today, earlier) {
  const baseline = stream.baseline();
  return Object.keys(FIGURES).flatMap((figure) => {
    if (today[figure] === undefined) return [];
    const target = TARGETS[stream.name]?.[figure] ?? null;
    const met = target === null ? null : isMet(figure, today[figure], target);
    return [{ stream: stream.name, figure, today: today[figure], baseline: baseline[figure] ?? null, target, met, earlier: earlier?.[figure] ?? null }];
  });
}

function cellsOf({ stream, figure, today, baseline, target, met, earlier }) {
  const { label, share } = FIGURES[figure];
  const textOf = share ? shareText : countText;
  const verdict = met === null ? '' : met ? 'met' : 'missed';
  return [stream, label, textOf(today), textOf(baseline), target === null ? '' : textOf(target), verdict, changeText(today, earlier, textOf)];
}

function sinceText(earlier) {
  return earlier === null ? 'no earlier figures' : `\`since\` compares with ${shortName(earlier.name)}`;
}

function shortName(name) {
  return name.replace(/^([0-9a-f]{12})[0-9a-f]*/, '$1');
}
