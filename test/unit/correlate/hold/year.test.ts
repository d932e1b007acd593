// A synthetic year, of which ninety days are played unless DAYS says otherwise (`DAYS=365 npx vitest run test/unit/correlate/hold/year.test.ts`).

import { describe, expect, it } from 'vitest';
import { DAY, HOUR, type Instant, MINUTE, SECOND } from '../../../../src/model/time.ts';
import { encodeLearned } from '../../../../src/store/learned-codec.ts';
import { at } from '../scenario.ts';
import { Stage } from './stage.ts';

const DAYS = Number(process.env['DAYS'] ?? 90);
const START = at('00:00');
/** How far into a day or an hour something is, the same in every run. */
const jitter = (seed: number, most: number) => ((Math.imul(seed + 1, 2654435761) >>> 8) % 1000) * (most / 1000);

interface Episode {
  readonly name: string;
  readonly severity: string;
  readonly from: Instant;
  readonly to: Instant;
}

/** After so many days the same comes again, so that months can be compared. */
const MONTH = 30;

/** What happens on a day: nightly jobs, what clears by itself every few hours, flappers, and a fault every fifth day. */
function dayOf(since: number): readonly Episode[] {
  const from = START + since * DAY;
  const day = since % MONTH;
  const episodes: Episode[] = [];
  const add = (name: string, severity: string, begins: number, lasts: number) =>
    episodes.push({ name, severity, from: Math.round(from + begins), to: Math.round(from + begins + lasts) });
  for (let i = 0; i < 3; i++)
    add(`night${i}`, 'warning', 2 * HOUR + i * 90 * MINUTE + jitter(day * 7 + i, 10 * MINUTE), 40 * MINUTE + jitter(day + i, 5 * MINUTE));
  for (let i = 0; i < 6; i++)
    for (let j = 0; j < 6; j++)
      add(
        `blip${i}`,
        i % 3 === 0 ? 'critical' : 'warning',
        j * 4 * HOUR + i * 25 * MINUTE + jitter(day * 31 + i * 6 + j, 20 * MINUTE),
        30 * SECOND + jitter(day + j, MINUTE),
      );
  for (let i = 0; i < 2; i++)
    for (let j = 0; j < 10; j++) add(`flap${i}`, 'warning', (8 + i * 6) * HOUR + j * 10 * MINUTE + jitter(day + j, MINUTE), 5.5 * MINUTE);
  if (day % 5 === 3) add(`fault${day % 3}`, 'critical', 17 * HOUR + jitter(day, HOUR), 2 * HOUR);
  return episodes;
}

interface Sample {
  readonly learned: number;
  readonly bytes: number;
  readonly series: readonly number[];
  readonly inMemory: number;
}

function sampleOf({ state }: Stage): Sample {
  let bytes = 0;
  const series: number[] = [];
  for (const [key, record] of state.learned) {
    const size = Buffer.byteLength(encodeLearned(record, key));
    bytes += size;
    if (key.startsWith('s ')) series.push(size);
  }
  return { learned: state.learned.size, bytes, series, inMemory: state.alerts.size + state.incidents.size + state.deliveries.size };
}

/** Plays the days; answers what was learned at the end of each, and how many messages of each kind it brought. */
function play(): { readonly samples: readonly Sample[]; readonly messages: readonly Readonly<Record<string, number>>[] } {
  const stage = new Stage();
  const samples: Sample[] = [];
  const messages: Record<string, number>[] = [];
  for (let day = 0; day < DAYS; day++) {
    const edges = dayOf(day).flatMap((episode) => [
      { when: episode.from, fires: true, ...episode },
      { when: episode.to, fires: false, ...episode },
    ]);
    edges.sort((a, b) => a.when - b.when || (a.name < b.name ? -1 : 1));
    for (const { when, fires, name, severity } of edges) {
      if (fires) stage.fires(when, name, { labels: { severity, alertname: name.replace(/\d/, ''), node: name } });
      else stage.clears(when, name);
    }
    samples.push(sampleOf(stage));
    const told: Record<string, number> = {};
    for (const { kind } of stage.told.splice(0)) told[kind] = (told[kind] ?? 0) + 1;
    messages.push(told);
    stage.timeline.length = 0;
    stage.suppressions.length = 0;
  }
  return { samples, messages };
}

describe(`${DAYS} days`, () => {
  const { samples, messages } = play();
  const span = MONTH;
  /** The third month, or the second of a shorter time, whose behaviour stands for all that follow. */
  const from = DAYS >= 4 * MONTH ? 2 * MONTH : DAYS - 2 * MONTH;
  const first = { from, to: from + span };
  const total = (from: number, to: number, kind: string) => messages.slice(from, to).reduce((sum, told) => sum + (told[kind] ?? 0), 0);

  it('are learned in records that are bounded in number and in size', () => {
    const last = samples.at(-1);
    const early = samples[first.from];
    if (last === undefined || early === undefined) throw new Error('no day was played');
    const series = samples.slice(first.from).flatMap((sample) => sample.series);
    const mean = series.reduce((sum, size) => sum + size, 0) / series.length;
    console.info(`${last.learned} records, ${last.bytes} bytes; a series ${Math.round(mean)} bytes on average, ${Math.max(...series)} at most`);
    expect(mean).toBeLessThanOrEqual(200);
    expect(last.learned).toBeLessThanOrEqual(early.learned * 1.05);
    expect(last.bytes).toBeLessThanOrEqual(early.bytes * 1.05);
    expect(last.inMemory).toBeLessThanOrEqual(early.inMemory * 1.25);
  });

  it.each(['trigger', 'update', 'resolve', 'digest'])('bring as many messages of the kind %s in the end as before', (kind) => {
    const [before, after] = [total(first.from, first.to, kind), total(DAYS - span, DAYS, kind)];
    console.info(`${kind}: ${before}, ${after} in ${span} days`);
    expect(Math.abs(after - before)).toBeLessThanOrEqual(Math.max(2, before * 0.05));
  });
});
