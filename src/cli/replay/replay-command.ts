// `winnow replay`: reads a recording, runs it, prints what the service would have done.

import type { Readable, Writable } from 'node:stream';
import { formatFault } from '../../config/fault-line.ts';
import { defaultConfig, loadConfig } from '../../config/load-config.ts';
import type { ProgressStream } from '../progress.ts';
import { writeAll } from '../write-all.ts';
import { play, UnusableRecording } from './play.ts';
import { Replay } from './replay.ts';
import { JsonReport, tableReport } from './report.ts';

/** What the command is asked and given. */
export interface ReplayCommand {
  readonly configFile: string | null;
  readonly format: 'json' | 'table';
  /** A file of recorded events, or `-`. */
  readonly events: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: Readable;
  readonly stdout: Writable;
  readonly stderr: ProgressStream;
}

/** Runs the command; answers its exit status: 0, also when lines could not be read, or 1 when the configuration or the file is not usable. */
export async function replayCommand(command: ReplayCommand): Promise<number> {
  const { stderr } = command;
  const loaded = command.configFile === null ? { config: defaultConfig() } : loadConfig({ file: command.configFile, env: command.env });
  if ('faults' in loaded) {
    for (const fault of loaded.faults) stderr.write(`${formatFault(fault)}\n`);
    return 1;
  }
  const json = command.format === 'json';
  const replay: Replay = new Replay(loaded.config.policy, (id) => (json ? report.close(id) : undefined));
  const report = new JsonReport(replay.archive);
  try {
    await play(command, (event) => replay.event(event));
  } catch (error) {
    if (!(error instanceof UnusableRecording)) throw error;
    stderr.write(`winnow replay: ${error.message}\n`);
    return 1;
  }
  replay.finish();
  await writeAll(command.stdout, json ? report.pieces() : tableReport(replay.archive));
  return 0;
}
