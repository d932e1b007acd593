// An alert that goes on and off: when it fired, what people were told, and how much it changed.

import { BLUE, INK, ORANGE, plot, ticks } from './svg.mjs';

const MINUTE = 60_000;
/** Incidents with less than this between them are one run for the eye. */
const APART = 30 * MINUTE;

/** Draws the run of flapping in which most swings were counted, of those on whose incident nothing else is. Null when there is none. */
export function flappingPlot({ run, policy, events, product }) {
  const { suppressions, notifications, incidents, members } = run.archive;
  const runs = suppressions.filter(({ reason, incidentId }) => reason === 'flapping' && incidents.get(incidentId)?.alertCount === 1);
  const most = runs.reduce((best, each) => (best === null || swingsOf(each) > swingsOf(best) ? each : best), null);
  if (most === null) return null;
  const flapped = incidents.get(most.incidentId);
  const its = [...members].flatMap(([id, each]) => (each.has(most.fingerprint) && id <= flapped.id ? [incidents.get(id)] : []));
  let began = flapped.openedAt;
  for (const { openedAt, resolvedAt } of its.sort((a, b) => b.openedAt - a.openedAt)) if (began - resolvedAt < APART) began = Math.min(began, openedAt);
  const [from, to] = [began - 10 * MINUTE, flapped.resolvedAt + 20 * MINUTE];
  const ids = new Set(its.map(({ id }) => id));
  const told = notifications.filter(({ incidentId, at }) => ids.has(incidentId) && at >= from && at <= to);
  return drawn({ from, to, edges: edgesOf(events, most.fingerprint), told, flapped, swings: swingsOf(most), ...policy.suppression.flapping, ...product });
}

function swingsOf({ evidence }) {
  return evidence[0].value;
}

/** When an alert began or ended as it was received; what came twice counts once. */
function edgesOf(events, fingerprint) {
  const edges = [];
  for (const { kind, receivedAt, alerts } of events) {
    if (kind !== 'webhook') continue;
    for (const alert of alerts) {
      const before = edges.at(-1)?.status ?? 'resolved';
      if (alert.fingerprint === fingerprint && alert.status !== before) edges.push({ at: receivedAt, status: alert.status });
    }
  }
  return edges;
}

function drawn({ from, to, edges, told, flapped, swings, start, stop, changePercent, withChange, NO_CHANGES }) {
  const step = Math.ceil((to - from) / MINUTE / 8 / 10) * 10 * MINUTE;
  const p = plot({
    title: `An alert of severity ${flapped.severity} that goes on and off`,
    note: `Orange: told. Grey: told that it is over. ${swings} further starts were counted and not told.`,
    height: 410,
    x: { from, to, ticks: ticks(Math.ceil(from / step) * step, to, step, clock), label: 'time of receipt (UTC)' },
    panels: [
      { from: 0, to: 2, share: 0.3, label: 'firing', ticks: [] },
      { from: 0, to: 100, share: 0.7, label: 'change', ticks: ticks(0, 100, 25, (value) => `${value} %`) },
    ],
  });
  for (const [i, { at, status }] of edges.entries()) {
    const end = edges[i + 1]?.at ?? to;
    if (status === 'firing' && end > from && at < to) p.area([Math.max(from, at), 0.2], [Math.min(to, end), 1], { colour: BLUE });
  }
  for (const { at, kind } of told) {
    const over = kind === 'resolve';
    p.line(
      [
        [at, 0],
        [at, over ? 1.4 : 2],
      ],
      { colour: over ? INK : ORANGE, width: 2 },
    );
  }
  for (const [value, name] of [
    [start, `flaps from ${start} %`],
    [stop, `no longer below ${stop} %`],
  ]) {
    p.rule(value, { panel: 1, dash: '5 4', colour: INK });
    p.text([to, value], name, { panel: 1, anchor: 'end', dx: -4, dy: value === start ? -5 : 15 });
  }
  let flags = NO_CHANGES;
  let next = 0;
  const curve = ticks(from, to, MINUTE, (at) => {
    while (next < edges.length && edges[next].at <= at) flags = withChange(flags, edges[next++].at);
    return changePercent(flags, at);
  });
  p.line(curve, { panel: 1, colour: BLUE, width: 2 });
  return p.svg();
}

function clock(at) {
  return new Date(at).toISOString().slice(11, 16);
}
