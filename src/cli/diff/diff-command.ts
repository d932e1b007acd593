// `winnow diff`: replays a recording under two configurations and reports what would change.

import type { Readable, Writable } from 'node:stream';
import type { Config } from '../../config/config.ts';
import { formatFault } from '../../config/fault-line.ts';
import { loadConfig } from '../../config/load-config.ts';
import { unsealedEvent } from '../../shard/sealed-event.ts';
import type { ProgressStream } from '../progress.ts';
import { play, UnusableRecording } from '../replay/play.ts';
import { writeAll } from '../write-all.ts';
import { compare } from './compare.ts';
import { pagesOf } from './outcome.ts';
import { jsonComparison, tableComparison } from './report.ts';
import { hasPagerDuty, WatchedReplay } from './watched-replay.ts';

/** What the command is asked and given. */
export interface DiffCommand {
  readonly before: string;
  readonly after: string;
  readonly format: 'json' | 'table';
  /** A file of recorded events, or `-`. */
  readonly events: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: Readable;
  readonly stdout: Writable;
  readonly stderr: ProgressStream;
}

/** Exit status when an incident that a person acknowledged or resolved would no longer be told of. */
const LOSS = 2;

/** Runs the command; answers its exit status: 0 without a loss, 2 with one, 1 when a configuration or the file is not usable. */
export async function diffCommand(command: DiffCommand): Promise<number> {
  const { stdout, stderr, env } = command;
  const configs: Config[] = [];
  for (const file of [command.before, command.after]) {
    const loaded = loadConfig({ file, env });
    if ('config' in loaded) configs.push(loaded.config);
    else for (const fault of loaded.faults) stderr.write(`${formatFault(fault)}\n`);
  }
  const [before, after] = configs;
  if (before === undefined || after === undefined) return 1;
  const runs = [new WatchedReplay(before.policy), new WatchedReplay(after.policy)] as const;
  try {
    await play(command, (recorded) => {
      // Whichever of the two has the key that it was sealed with.
      const event = unsealedEvent(unsealedEvent(recorded, before.policy.redaction), after.policy.redaction);
      const [result] = runs.map((run) => run.event(event));
      return result ?? null;
    });
  } catch (error) {
    if (!(error instanceof UnusableRecording)) throw error;
    stderr.write(`winnow diff: ${error.message}\n`);
    return 1;
  }
  const isPage = pagesOf(configs.some(hasPagerDuty));
  const comparison = compare(runs[0].finish(isPage), runs[1].finish(isPage));
  await writeAll(stdout, command.format === 'json' ? [jsonComparison(comparison)] : tableComparison(comparison));
  return comparison.lost.length > 0 ? LOSS : 0;
}
