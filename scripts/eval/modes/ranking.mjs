// How well causes are ranked when the incidents are the true ones: each holds the alerts of one fault and nothing else.

import { ofIncidents } from '../streams.mjs';
import { openTable, shareText } from '../table.mjs';
import { attempt, tryFigures } from '../try-replay.mjs';

const COLUMNS = [
  ['stream', -26],
  ['faults', 6],
  ['true incidents', 14],
  ['own incidents', 13],
  ['baseline', 13],
  ['root alerts', 17],
  ['root silent', 16],
  ['change named', 12],
  ['blamed', 6],
];

/** Prints top-1 and top-3 of each stream and answers them, beside those in the engine's own incidents and of the best simple ranking. */
export function ranking({ streams, product }) {
  const rows = [];
  const print = openTable('Causes given the true incidents, top-1 / top-3', COLUMNS);
  for (const stream of ofIncidents(streams)) {
    const causes = attempt(stream, 'its causes cannot be ranked', () => product.trueCauses(stream.policy, stream.events, stream.faultOf));
    const own = tryFigures(product, stream);
    if (causes === null || own === null) continue;
    const row = { stream: stream.name, ...scoreOf(stream.faults, causes), own: { top1: own.top1, top3: own.top3 }, baseline: stream.rankingBaseline() };
    rows.push(row);
    print([
      row.stream,
      row.all.faults,
      pair(row.all),
      pair(row.own),
      pair(row.baseline),
      `${pair(row.rootAlerts)} (${row.rootAlerts.faults})`,
      `${pair(row.rootSilent)} (${row.rootSilent.faults})`,
      row.change.faults === 0 ? null : `${shareText(row.change.top1)} (${row.change.faults})`,
      row.change.blamed,
    ]);
  }
  return { rows };
}

function pair({ top1, top3 }) {
  return `${shareText(top1)} / ${shareText(top3)}`;
}

function scoreOf(faults, causes) {
  const ranked = faults.map((fault) => ({ fault, list: causes.get(fault.id) ?? [] }));
  const rank = ({ fault, list }) => list.findIndex(({ entity }) => fault.accepts(entity)) + 1;
  const tops = (some) => ({
    faults: some.length,
    top1: shareOf(some, (each) => rank(each) === 1),
    top3: shareOf(some, (each) => rank(each) >= 1 && rank(each) <= 3),
  });
  const changed = ranked.filter(({ fault }) => fault.change !== null);
  return {
    all: tops(ranked),
    rootAlerts: tops(ranked.filter(({ fault }) => fault.rootAlerts)),
    rootSilent: tops(ranked.filter(({ fault }) => !fault.rootAlerts)),
    change: {
      faults: changed.length,
      top1: shareOf(changed, ({ fault, list: [first] }) => namesChange(first) && (first.entity === fault.change || fault.accepts(first.entity))),
      blamed: ranked.filter(({ fault, list: [first] }) => fault.change === null && namesChange(first)).length,
    },
  };
}

function namesChange(cause) {
  return cause !== undefined && cause.changeId !== null;
}

function shareOf(items, is) {
  return items.length === 0 ? null : items.filter(is).length / items.length;
}
