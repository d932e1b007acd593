// How much memory active alerts take, over all processes: for Winnow that is Node and Redis together.

import { setTimeout as sleep } from 'node:timers/promises';
import { residentBytes } from '../child-process.ts';
import { forkDestination } from '../destination-process.ts';
import { type Bench, measureBoth, type Row, withSubject } from '../figure.ts';
import { sendLoad } from '../load-process.ts';
import { type SubjectName, untilTold } from '../subject.ts';

const LEVELS = [0, 10_000, 100_000] as const;
const PER_REQUEST = 100;
const MEBIBYTE = 1024 * 1024;
/** Memory is read once it has stayed within a hundredth for so long, or when waiting took too long; in milliseconds. */
const STEADY_FOR = 3000;
const STEADY_WITHIN = 20_000;
const SAMPLED_EVERY = 500;

/** Measures resident memory with 0, 10,000 and 100,000 active alerts, and what one of the latter takes. */
export async function memory(bench: Bench): Promise<readonly Row[]> {
  const used = await measureBoth((name) => usedAtLevels(bench, name));
  const rows = LEVELS.map((level, i): Row => {
    const at = (name: SubjectName) => total(used[name][i]) / MEBIBYTE;
    return { figure: `memory, ${level.toLocaleString('en')} active alerts`, unit: 'MiB', winnow: at('winnow'), alertmanager: at('alertmanager') };
  });
  const perAlert = (name: SubjectName) => (total(used[name].at(-1)) - total(used[name][0])) / (LEVELS.at(-1) ?? 1);
  rows.push({ figure: 'memory per active alert', unit: 'bytes', winnow: perAlert('winnow'), alertmanager: perAlert('alertmanager') });
  for (const program of used.winnow.at(-1)?.keys() ?? []) {
    const bytes = (used.winnow.at(-1)?.get(program) ?? 0) - (used.winnow[0]?.get(program) ?? 0);
    rows.push({ figure: `  of it in ${program}`, unit: 'bytes', winnow: bytes / (LEVELS.at(-1) ?? 1), alertmanager: null });
  }
  return rows;
}

async function usedAtLevels(bench: Bench, name: SubjectName): Promise<ReadonlyMap<string, number>[]> {
  const destination = await forkDestination();
  try {
    return await withSubject(bench, name, { destination: destination.url, alerts: LEVELS.at(-1) ?? 0 }, async (subject) => {
      const used: ReadonlyMap<string, number>[] = [];
      let active = 0;
      for (const level of LEVELS) {
        if (level > active) await sendLoad({ to: name, url: subject.intakeUrl, first: active, alerts: level - active, perRequest: PER_REQUEST });
        active = level;
        await untilTold(subject, active);
        used.push(await steadyBytes(subject.pid));
      }
      return used;
    });
  } finally {
    await destination.close();
  }
}

async function steadyBytes(pid: number): Promise<ReadonlyMap<string, number>> {
  const begun = performance.now();
  let reference = residentBytes(pid);
  for (let since = begun; performance.now() - since < STEADY_FOR && performance.now() - begun < STEADY_WITHIN; ) {
    await sleep(SAMPLED_EVERY);
    const now = residentBytes(pid);
    if (Math.abs(total(now) - total(reference)) <= total(reference) / 100) continue;
    reference = now;
    since = performance.now();
  }
  return residentBytes(pid);
}

function total(bytes: ReadonlyMap<string, number> | undefined): number {
  return [...(bytes?.values() ?? [])].reduce((sum, each) => sum + each, 0);
}
