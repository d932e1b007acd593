// What each kind of evidence is worth: the figures with one of them switched off.

import { WITHOUT } from '../product.mjs';
import { ofDistinctIncidents } from '../streams.mjs';
import { tryFigures } from '../try-replay.mjs';
import { openVariantsTable } from '../variants-table.mjs';

/** Prints a row for each kind of evidence, as changes against all of it, and answers the figures. */
export function ablation({ streams, product }) {
  const some = ofDistinctIncidents(streams);
  const print = openVariantsTable('Without each kind of evidence', some);
  const under = (vary) => Object.fromEntries(some.map((stream) => [stream.name, tryFigures(product, stream, { policy: vary(stream.policy) })]));
  const rows = [
    print(
      'all of it',
      under((policy) => policy),
    ),
  ];
  for (const [evidence, vary] of Object.entries(WITHOUT)) rows.push(print(evidence, under(vary)));
  return { rows };
}
