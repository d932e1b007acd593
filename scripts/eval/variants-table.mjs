// Prints what becomes of the figures when something is varied: the first row as it stands, the others as changes against it.

import { changeText, countText, meanOf, openTable, shareText, sumOf } from './table.mjs';

const SHOWN = ['f1', 'top1', 'top3'];

/**
 * Opens a table with three figures for each stream (grouping F1, cause top-1, cause top-3), their means over all streams, the over-merged
 * incidents, and the share of changes named first. Answers a function that takes a row's name and its figures by stream name, prints the
 * row and answers it as `{variant, figures, mean}`.
 */
export function openVariantsTable(title, streams) {
  const columns = [['', -24], ...[...streams.map(({ short }) => short), 'mean'].map((name) => [name, 17]), ['over-merged', 11], ['change named', 12]];
  const print = openTable(`${title}; of each stream grouping F1, cause top-1, cause top-3`, columns);
  let first = null;
  return (variant, figures) => {
    const row = { variant, figures, mean: summaryOf(streams.map(({ name }) => figures[name])) };
    const text = (value, before, textOf) => (first === null ? textOf(value) : changeText(value, before, textOf));
    const cell = (now, before) => SHOWN.map((name) => text(now?.[name], before?.[name], shareText).padStart(5)).join(' ');
    print([
      variant,
      ...streams.map(({ name }) => cell(figures[name], first?.figures[name])),
      cell(row.mean, first?.mean),
      text(row.mean.overMerged, first?.mean.overMerged, countText),
      text(row.mean.change, first?.mean.change, shareText),
    ]);
    first ??= row;
    return row;
  };
}

/** Figures over all streams: shares as means of those that have them, over-merged incidents and faults never notified as sums. Empty when a replay failed. */
export function summaryOf(list) {
  if (list.some((figures) => figures === null || figures === undefined)) return {};
  const mean = Object.fromEntries([...SHOWN, 'change'].map((name) => [name, meanOf(list.map((figures) => figures[name]))]));
  return { ...mean, overMerged: sumOf(list.map(({ overMerged }) => overMerged)), never: sumOf(list.map(({ never }) => never)) };
}
