// `winnow export`: writes what an instance took in, in the format that `winnow replay` reads.

import type { Writable } from 'node:stream';
import { formatInstant, type Instant } from '../../model/time.ts';
import { shardTag } from '../../queue/shard-queues.ts';
import { shardKeys } from '../../store/keys.ts';
import { readRecording } from '../../store/recording.ts';
import { Progress, type ProgressStream } from '../progress.ts';
import { writeAll } from '../write-all.ts';
import { findRedis, type Instance } from './find-redis.ts';
import { receivedAt } from './period.ts';

/** The one shard that there is. */
const SHARD = 0;

/** What the command is asked and given. */
export interface ExportCommand extends Instance {
  readonly since: Instant;
  readonly until: Instant;
  readonly stdout: Writable;
  readonly stderr: ProgressStream;
}

/** Runs the command; answers its exit status: 0, or 1 when Redis cannot be read. What is told of goes to standard error. */
export async function exportCommand(command: ExportCommand): Promise<number> {
  const { stdout, stderr } = command;
  const written = { lines: 0, at: null as Instant | null };
  try {
    const { redis, close } = await findRedis(command);
    try {
      await writeAll(stdout, exported(readRecording(redis, shardKeys(shardTag(SHARD)), command.since), command, written));
    } finally {
      await close();
    }
  } catch (error) {
    stderr.write(`winnow export: ${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
  stderr.write(written.at === null ? 'nothing is recorded of that time\n' : `${written.lines} lines, the last of ${formatInstant(written.at)}\n`);
  return 0;
}

async function* exported(
  batches: AsyncIterable<readonly string[]>,
  { since, until, stderr }: ExportCommand,
  written: { lines: number; at: Instant | null },
): AsyncGenerator<string> {
  const progress = new Progress(stderr);
  for await (const lines of batches) {
    for (const line of lines) {
      const at = receivedAt(line);
      // Times never go back: what follows is later still.
      if (at > until) return progress.clear();
      if (at < since) continue;
      written.lines += 1;
      written.at = at;
      yield `${line}\n`;
    }
    progress.show(() => `${written.lines} lines${written.at === null ? '' : `, until ${formatInstant(written.at)}`}`);
  }
  progress.clear();
}
