// How much hangs on each constant: the figures with it halved and with it doubled.

import { listConstants, withConstants } from '../product.mjs';
import { ofDistinctIncidents } from '../streams.mjs';
import { changeText, countText, openTable, SAME, shareText } from '../table.mjs';
import { tryFigures } from '../try-replay.mjs';
import { summaryOf } from '../variants-table.mjs';

const COLUMNS = [
  ['constant', -22],
  ['value', 9],
  ['', -7],
  ['grouping F1', 11],
  ['cause top-1', 11],
  ['top-3', 6],
  ['change', 6],
  ['over-merged', 11],
  ['never', 5],
  ['most, on one stream', -30],
];

/** Prints two rows for each constant: changes of the means over all streams, and the largest change that one stream sees. Answers the rows. */
export function sensitivity({ streams, product }) {
  const some = ofDistinctIncidents(streams);
  const under = (vary) => new Map(some.map((stream) => [stream, tryFigures(product, stream, { policy: vary(stream.policy) })]));
  const before = under((policy) => policy);
  const plain = summaryOf([...before.values()]);
  const print = openTable('With each constant halved and doubled: changes of the means over all streams', COLUMNS);
  print(['as they are', '', '', ...[plain.f1, plain.top1, plain.top3, plain.change].map(shareText), countText(plain.overMerged), countText(plain.never)]);
  const rows = [];
  const zero = [];
  for (const [constant, value] of listConstants(product.constants)) {
    if (isZero(value)) {
      zero.push(constant);
      continue;
    }
    for (const [name, vary] of Object.entries({ halved, doubled })) {
      const after = under((policy) => withConstants(policy, { [constant]: vary(value) }));
      const mean = summaryOf([...after.values()]);
      const most = largestChange(before, after);
      rows.push({ constant, value, varied: name, mean, most });
      const shares = ['f1', 'top1', 'top3', 'change'].map((figure) => changeText(mean[figure], plain[figure], shareText));
      const counts = ['overMerged', 'never'].map((figure) => changeText(mean[figure], plain[figure], countText));
      print([
        constant,
        valueText(value),
        name,
        ...shares,
        ...counts,
        most === null ? SAME : `${most.figure} ${changeText(most.change, 0, shareText)} ${most.stream}`,
      ]);
    }
  }
  if (zero.length > 0) console.log(`\nnot varied, being 0: ${zero.join(', ')}`);
  return { rows, notVaried: zero };
}

function isZero(value) {
  return typeof value === 'number' ? value === 0 : Object.values(value).every(isZero);
}

function valueText(value) {
  return typeof value === 'number' ? String(Number(value.toPrecision(4))) : 'a row';
}

function halved(value) {
  return typeof value === 'number' ? value / 2 : Object.fromEntries(Object.entries(value).map(([name, each]) => [name, halved(each)]));
}

/** A share that would come out above 1 has its odds doubled instead. */
function doubled(value) {
  if (typeof value !== 'number') return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, doubled(each)]));
  return value < 1 && value * 2 > 1 ? (2 * value) / (1 + value) : value * 2;
}

/** The change of grouping F1 or of cause top-1 that is largest on any stream, or null when there is none. */
function largestChange(before, after) {
  let most = null;
  for (const [{ short }, now] of after) {
    for (const [key, figure] of Object.entries({ f1: 'F1', top1: 'top-1' })) {
      const then = before.get([...before.keys()].find((stream) => stream.short === short));
      if (now === null || then === null) continue;
      const change = now[key] - then[key];
      if (Math.abs(change) >= 0.0005 && Math.abs(change) > Math.abs(most?.change ?? 0)) most = { stream: short, figure, change };
    }
  }
  return most;
}
