// The messages of a day, with what is held back and without.

import { BLUE, INK, plot, ticks } from './svg.mjs';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Draws the last whole day of a recording (UTC), when most is learned. `run` held back, `plain` did not; `from` and `to` are when the recording begins and ends. Null when there is no whole day. */
export function dayPlot({ run, plain, from: begin, to: end }) {
  const from = Math.floor(end / DAY) * DAY - DAY;
  if (from < begin) return null;
  const [held, all] = [run, plain].map(({ archive }) => cumulative(archive.notifications, from));
  const most = Math.max(all.at(-1)[1], held.at(-1)[1], 1);
  const step = niceStep(most / 5);
  const top = Math.ceil(most / step) * step;
  const p = plot({
    title: 'The messages of a day, added up',
    note: 'First messages, updates, reminders, ends and digests; what several places are told at once counts once.',
    height: 390,
    x: {
      from,
      to: from + DAY,
      ticks: ticks(from, from + DAY, 4 * HOUR, (at) => `${String((at - from) / HOUR).padStart(2, '0')}:00`),
      label: 'hour of the day (UTC)',
    },
    panels: [{ from: 0, to: top, share: 1, label: 'messages', ticks: ticks(0, top, step, String) }],
  });
  p.line(all, { colour: INK, width: 2, dash: '6 3' });
  p.line(held, { colour: BLUE, width: 2.5 });
  p.text(all.at(-1), `nothing held back: ${all.at(-1)[1]}`, { anchor: 'end', dx: -6, dy: -8 });
  p.text(held.at(-1), `with the defaults: ${held.at(-1)[1]}`, { colour: BLUE, anchor: 'end', dx: -6, dy: -10 });
  return p.svg();
}

/** Steps through how many messages there were by each time; what tells several places the same at once is one. */
function cumulative(notifications, from) {
  const messages = new Map();
  for (const { at, incidentId, kind } of notifications) if (at >= from && at < from + DAY) messages.set(`${at} ${incidentId} ${kind}`, at);
  const times = [...messages.values()].sort((a, b) => a - b);
  const steps = times.flatMap((at, i) => [
    [at, i],
    [at, i + 1],
  ]);
  return [[from, 0], ...steps, [from + DAY, times.length]];
}

function niceStep(least) {
  const size = 10 ** Math.floor(Math.log10(Math.max(1, least)));
  return [1, 2, 5, 10].map((factor) => factor * size).find((step) => step >= least);
}
