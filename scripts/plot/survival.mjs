// How long the episodes of one alert go on, and how long its first message waits for that.

import { BLUE, INK, ORANGE, plot, ticks } from './svg.mjs';

const MINUTE = 60_000;
const STEP = MINUTE / 12;
/** With so many episodes of its own, as they have faded, an alert may wait for `max_hold`. */
const ENOUGH = 2.5;

/**
 * Draws it for the alert whose hold is the least sure, where the bound comes closest to what a hold needs, of those that have
 * enough episodes of their own and end before the longest that is allowed. Null when the replay has none.
 */
export function survivalPlot({ run, policy, now, product }) {
  const { learnedKey } = product;
  const { archive, learned } = run;
  const held = new Set(archive.suppressions.flatMap(({ reason, fingerprint }) => (reason === 'transient' ? [fingerprint] : [])));
  const members = new Map([...archive.members.values()].flatMap((each) => [...each]));
  let least = null;
  for (const fingerprint of held) {
    const { severity, rule: name } = members.get(fingerprint);
    const [series, rule] = [learned.get(learnedKey.series(fingerprint)), learned.get(learnedKey.ruleLifespan(name))];
    if (severity === 'critical' || series === undefined || rule === undefined) continue;
    // For what is not critical, how late ends are delivered does not matter.
    const hold = product.survivalHold({ severity, series, rule, silent: 0, delay: null, now }, policy.suppression.transient);
    const cap = policy.suppression.transient.maxHold[severity];
    if (hold === null || product.survivalOf([{ times: product.agedTo(series, now) }]).weight < ENOUGH || hold.until - now > 0.9 * cap) continue;
    if (least === null || hold.evidence[0].value < least.hold.evidence[0].value) least = { hold, cap, severity, series, rule };
  }
  return least === null ? null : drawn({ ...least, wait: least.hold.until - now, now, ...product });
}

function drawn({ hold, wait, cap, severity, series, rule, now, ...product }) {
  const { agedTo, lifetimesOf, RULE_WEIGHT, survivalAt, without, survivalOf, formatDuration } = product;
  const [evidence] = hold.evidence;
  const own = { times: agedTo(series, now) };
  const [alone, both] = [survivalOf([own]), survivalOf([own, { times: without(lifetimesOf(rule, now), own.times), most: RULE_WEIGHT }])];
  const to = Math.ceil((cap * 1.4) / MINUTE) * MINUTE;
  const step = Math.max(1, Math.round(to / MINUTE / 7)) * MINUTE;
  const count = ({ weight }) => Math.round(weight * 10) / 10;
  const p = plot({
    title: `How long an alert of severity ${severity} goes on firing`,
    note: `Dashed: its own episodes (${count(alone)}, as they have faded). Line: with those of its rule (${count(both)} together).`,
    height: 390,
    x: { from: 0, to, ticks: ticks(0, to, step, (value) => String(value / MINUTE)), label: 'minutes since it began' },
    panels: [{ from: 0, to: 1, share: 1, label: 'share that goes on', ticks: ticks(0, 1, 0.25, (value) => `${value * 100} %`) }],
  });
  const curve = (survival) => ticks(0, to, STEP, (at) => survivalAt(survival, at));
  const [atMost, needed] = [1 - evidence.value, 1 - evidence.threshold];
  const percent = (share) => `${Math.round(share * 100)} %`;
  p.upright(cap, { dash: '2 4' });
  p.text([cap, 1], `max_hold: ${formatDuration(cap)}`, { dx: 8, dy: 14 });
  p.dot([cap, needed], { colour: INK });
  p.text([cap, needed], `${percent(needed)} may go on for a hold`, { dx: 10, dy: -2 });
  p.dot([cap, atMost], { colour: BLUE });
  p.text([cap, atMost], `at most ${percent(atMost)} do (95 %)`, { dx: 10, dy: 10, colour: BLUE });
  p.line(curve(both), { colour: BLUE, width: 3 });
  p.line(curve(alone), { dash: '4 4', width: 1.5 });
  p.upright(wait, { colour: ORANGE, width: 2 });
  p.text([wait, 0.9], `told if it lasts ${formatDuration(wait)}`, { colour: ORANGE, anchor: 'end', dx: -8 });
  return p.svg();
}
