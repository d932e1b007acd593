// What the past and the sender's grouping do: the second half of each stream with the first half before it and without, and a grouped feed.

import { ofIncidents } from '../streams.mjs';
import { countText, openTable, shareText } from '../table.mjs';
import { attempt, tryReplay, UNSCORED } from '../try-replay.mjs';

const FEEDS = [
  { input: 'each alert by itself', name: 'nezha-day1/edges' },
  { input: 'grouped by name, namespace', name: 'nezha-day1/grouped' },
];
const COLUMNS = [
  ['stream', -26],
  ['replayed', -26],
  ['grouping F1', 11],
  ['over-merged', 11],
  ['with noise', 10],
  ['cause top-1', 11],
  ['top-3', 5],
  ['change', 6],
  ['never', 5],
  ['messages', 8],
];

/** Prints two rows for each stream, scored alike on its second half, and two for a recording that came both grouped and not; answers the rows. */
export function history({ streams, product }) {
  const rows = [];
  const print = openTable('The second half of each stream; at the end whole streams of one recording that came by two feeds', COLUMNS);
  const add = (stream, replayed, figures) => {
    if (figures === null) return;
    rows.push({ stream: stream.name, replayed, figures });
    const { f1, overMerged, withNoise, top1, top3, change, never, messages } = figures;
    const shares = [withNoise, top1, top3, change].map(shareText);
    print([stream.name, replayed, shareText(f1), countText(overMerged), ...shares, countText(never), countText(messages)]);
  };
  for (const stream of ofIncidents(streams)) {
    const { from, figures } = stream.secondHalf;
    const scored = (printed) => (printed === null ? null : attempt(stream, UNSCORED, () => figures(printed)));
    add(stream, 'after the first half', scored(tryReplay(product, stream)));
    const events = stream.events.filter(({ receivedAt }) => receivedAt >= from);
    add(stream, 'without history', scored(tryReplay(product, stream, { events })));
  }
  for (const { input, name } of FEEDS) {
    const stream = streams.find((each) => each.name === name);
    const printed = stream === undefined ? null : tryReplay(product, stream);
    if (printed !== null)
      add(
        stream,
        input,
        attempt(stream, UNSCORED, () => stream.figures(printed)),
      );
  }
  return { rows };
}
