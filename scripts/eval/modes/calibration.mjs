// Whether scores mean what they say: how often the first cause is right, by the probability that was said of it.

import { withTemperature } from '../product.mjs';
import { ofIncidents } from '../streams.mjs';
import { meanOf, openTable, shareText } from '../table.mjs';
import { attempt, tryReplay, UNSCORED } from '../try-replay.mjs';

/** The temperatures that are tried, beside the present one. */
const TEMPERATURES = [0.5, 0.7, 0.85, 1, 1.2, 1.4, 2, 2.8, 4];
/** Upper ends of the bins of what was said; the last one holds 1 as well. */
const BINS = [0.2, 0.4, 0.6, 0.8, 0.95, 1];
const STREAM_COLUMNS = [
  ['stream', -26],
  ['causes', 6],
  ['said', 5],
  ['right', 5],
  ['Brier', 5],
  ['best T elsewhere', 16],
  ['said', 5],
  ['Brier', 5],
];
const BIN_COLUMNS = [
  ['said, all streams', -26],
  ['causes', 6],
  ['said', 5],
  ['right', 5],
  ['with T of elsewhere: causes', 27],
  ['said', 5],
  ['right', 5],
];

/**
 * Prints for each stream and for all together what was said of the first causes of faults, how many were right and the Brier score: at the
 * present temperature, and at the one that has the best Brier score on the streams of all other systems. Then the same by bins. Answers both.
 */
export function calibration({ streams, product }) {
  const some = ofIncidents(streams);
  const present = product.constants.cause.temperature;
  const said = new Map();
  for (const temperature of new Set([present, ...TEMPERATURES])) {
    said.set(
      temperature,
      new Map(some.map((stream) => [stream, claimsOf(product, stream, temperature === present ? stream.policy : withTemperature(stream.policy, temperature))])),
    );
  }
  const pooled = (temperature, of) => of.flatMap((stream) => said.get(temperature).get(stream));
  const best = (of) => [...said.keys()].toSorted((a, b) => brier(pooled(a, of)) - brier(pooled(b, of)) || a - b)[0];
  const rows = some.map((stream) => {
    const others = some.filter(({ systems }) => !systems.some((system) => stream.systems.includes(system)));
    const elsewhere = others.length === 0 ? null : best(others);
    return { stream: stream.name, now: said.get(present).get(stream), elsewhere, fitted: elsewhere === null ? [] : said.get(elsewhere).get(stream) };
  });
  const all = { stream: 'all streams', now: rows.flatMap(({ now }) => now), elsewhere: null, fitted: rows.flatMap(({ fitted }) => fitted) };
  return { temperature: present, best: best(some), rows: printStreams([...rows, all], present, best(some)), bins: printBins(all) };
}

/** What was said of the first cause of each fault that is in an incident with causes: `{said, right}`. */
function claimsOf(product, stream, policy) {
  const printed = tryReplay(product, stream, { policy });
  const incidentOf = printed === null ? null : attempt(stream, UNSCORED, () => stream.incidentOf(printed));
  if (incidentOf === null) return [];
  const causes = new Map(printed.incidents.map(({ id, rootCauses }) => [id, rootCauses[0]]));
  return stream.faults.flatMap((fault) => {
    const first = causes.get(incidentOf.get(fault.id));
    return first === undefined ? [] : [{ said: first.score, right: fault.accepts(first.entity) ? 1 : 0 }];
  });
}

function printStreams(rows, present, best) {
  const print = openTable(`First causes at temperature ${present}; over all streams ${best} would fit best`, STREAM_COLUMNS);
  return rows.map(({ stream, now, elsewhere, fitted }) => {
    const row = { stream, causes: now.length, now: reliabilityOf(now), elsewhere, fitted: reliabilityOf(fitted) };
    print([
      stream,
      now.length,
      ...[row.now.said, row.now.right, row.now.brier].map(shareText),
      elsewhere ?? '',
      ...[row.fitted.said, row.fitted.brier].map(shareText),
    ]);
    return row;
  });
}

function printBins({ now, fitted }) {
  const print = openTable('The same by what was said', BIN_COLUMNS);
  return BINS.map((upTo, i) => {
    const from = BINS[i - 1] ?? 0;
    const inBin = (claims) => claims.filter(({ said }) => said >= from && (said < upTo || upTo === 1));
    const row = {
      from,
      upTo,
      causes: inBin(now).length,
      now: reliabilityOf(inBin(now)),
      fittedCauses: inBin(fitted).length,
      fitted: reliabilityOf(inBin(fitted)),
    };
    const bounds = `${from.toFixed(2)} to ${upTo.toFixed(2)}`;
    print([bounds, row.causes, shareText(row.now.said), shareText(row.now.right), row.fittedCauses, shareText(row.fitted.said), shareText(row.fitted.right)]);
    return row;
  });
}

function reliabilityOf(claims) {
  return { said: meanOf(claims.map(({ said }) => said)), right: meanOf(claims.map(({ right }) => right)), brier: claims.length === 0 ? null : brier(claims) };
}

/** The mean squared difference between what was said and what was so: Brier, Verification of forecasts expressed in terms of probability (1950). */
function brier(claims) {
  return meanOf(claims.map(({ said, right }) => (said - right) ** 2)) ?? Number.POSITIVE_INFINITY;
}
