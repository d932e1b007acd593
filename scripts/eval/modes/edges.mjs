// What the graph is worth when it is incomplete or wrong: the figures with some of its edges removed, or replaced at random.

import { withDependencies } from '../product.mjs';
import { randomFrom, shuffled } from '../random.mjs';
import { ofDistinctIncidents } from '../streams.mjs';
import { meanOf } from '../table.mjs';
import { tryFigures } from '../try-replay.mjs';
import { openVariantsTable } from '../variants-table.mjs';

const SHARES = { 'a tenth': 1 / 10, 'a third': 1 / 3, all: 1 };
const DRAWS = [1, 2, 3];

/** Prints a row for each share of edges removed and replaced, the mean of three draws, as changes against the declared graph; answers the figures. */
export function edges({ streams, product }) {
  const some = ofDistinctIncidents(streams);
  const print = openVariantsTable('With a damaged graph', some);
  const rows = [print('as declared', Object.fromEntries(some.map((stream) => [stream.name, tryFigures(product, stream)])))];
  for (const [damage, damaged] of Object.entries({ removed, replaced })) {
    for (const [name, share] of Object.entries(SHARES)) {
      // Removing everything leaves nothing to draw.
      const draws = damage === 'removed' && share === 1 ? DRAWS.slice(0, 1) : DRAWS;
      const figuresOf = (stream) =>
        meanFigures(
          draws.map((seed) =>
            tryFigures(product, stream, { policy: withDependencies(stream.policy, damaged(stream.policy.dependencies, share, randomFrom(seed))) }),
          ),
        );
      rows.push(print(`${name} ${damage}`, Object.fromEntries(some.map((stream) => [stream.name, figuresOf(stream)]))));
    }
  }
  return { rows };
}

function removed(declared, share, random) {
  return shuffled(declared, random).slice(Math.round(declared.length * share));
}

/** Each edge that goes makes room for one between two entities of the graph that it did not have. */
function replaced(declared, share, random) {
  const kept = removed(declared, share, random);
  const entities = [...new Set(declared.flatMap(({ from, to }) => [from, to]))];
  const taken = new Set(declared.map(keyOf));
  const any = () => entities[Math.floor(random() * entities.length)];
  const fresh = [];
  while (kept.length + fresh.length < declared.length) {
    const edge = { from: any(), to: any() };
    if (edge.from === edge.to || taken.has(keyOf(edge))) continue;
    taken.add(keyOf(edge));
    fresh.push(edge);
  }
  return [...kept, ...fresh];
}

function keyOf({ from, to }) {
  return `${from}\n${to}`;
}

function meanFigures(list) {
  const there = list.filter((figures) => figures !== null);
  if (there.length === 0) return null;
  return Object.fromEntries(Object.keys(there[0]).map((name) => [name, meanOf(there.map((figures) => figures[name]))]));
}
