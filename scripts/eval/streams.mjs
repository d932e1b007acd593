// Which streams are evaluated, in the order of the tables, and which systems each of them comes from.
// Those marked `again` bring faults of another stream once more, in another way.

import { composedStream } from './composed-stream.mjs';
import { recordedStream } from './recorded-stream.mjs';
import { attempt } from './try-replay.mjs';

const STREAMS = [
  { name: 'mlplatform-dev', short: 'dev', systems: ['dev'] },
  { name: 'mlplatform-vision', short: 'vision', systems: ['vision'] },
  { name: 'mlplatform-ads', short: 'ads', systems: ['ads'] },
  { name: 'nezha-day1/edges', short: 'nezha', systems: ['nezha'] },
  { name: 'nezha-day1/grouped', short: 'nezha grouped', systems: ['nezha'], again: true },
  { name: 'petshop-train/dense', short: 'petshop', systems: ['petshop'] },
  { name: 'petshop-train/spaced', short: 'petshop spaced', systems: ['petshop'], again: true },
  { name: 'mixed-development/overlaid', short: 'mixed', systems: ['nezha', 'petshop'] },
  { name: 'gcastle-wireless/alarms', short: 'gcastle', systems: ['gcastle'] },
];

/**
 * Reads the streams whose names contain one of the texts of `only`, all when it is empty. One that cannot be read is said, makes the exit
 * status 1, and is left out. A stream has `name`, `short`, `systems`, `kind`
 * (`incidents` or `alarms`), `policy` as its configuration says, `events`, `figures(printed)` of what a replay printed, and `baseline()`,
 * the figures of the best simple method. One of incidents has, besides, `faults`, `faultOf(fingerprint, startsAt)`,
 * `incidentOf(printed)`, `eventsWithoutNoise()`, `toldDelays(printed)`, `isTrap(id)`, `secondHalf` and `rankingBaseline()`; `composed-stream.mjs` says what they are.
 */
export function readStreams({ folder, scorers, product, only }) {
  const picked = STREAMS.filter(({ name }) => only.length === 0 || only.some((text) => name.includes(text)));
  return picked.flatMap(({ again = false, ...stream }) => {
    const read = stream.name.includes('/') ? recordedStream : composedStream;
    const found = attempt(stream, 'it cannot be read', () => read({ folder, scorers, product, ...stream }));
    return found === null ? [] : [{ ...found, again }];
  });
}

/** Those of the streams whose incidents are known. */
export function ofIncidents(streams) {
  return streams.filter(({ kind }) => kind === 'incidents');
}

/** Those of them that bring each fault once, which variants of the product are compared on; all when there are no such. */
export function ofDistinctIncidents(streams) {
  const all = ofIncidents(streams);
  const distinct = all.filter(({ again }) => !again);
  return distinct.length === 0 ? all : distinct;
}
