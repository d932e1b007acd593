// `winnow replay`: reads a recording, runs it, prints what the service would have done.

import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { defaultConfig, loadConfig } from '../../config/load-config.ts';
import { openRecording } from './read-lines.ts';
import { readRecordedEvent } from './recorded-event.ts';
import { Replay } from './replay.ts';
import { JsonReport, tableReport } from './report.ts';

/** How many unreadable lines are named one by one. */
const MOST_NAMED = 20;

/** How many characters of the report are written at once. */
const WRITTEN_AT_ONCE = 1 << 16;

/** What the command is asked and given. */
export interface ReplayCommand {
  readonly configFile: string | null;
  readonly format: 'json' | 'table';
  /** A file of recorded events, or `-`. */
  readonly events: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: Readable;
  readonly stdout: Writable;
  readonly stderr: Writable & { readonly isTTY?: boolean };
}

/** Runs the command; answers its exit status: 0, also when lines could not be read, or 1 when the configuration or the file is not usable. */
export async function replayCommand(command: ReplayCommand): Promise<number> {
  const { stderr } = command;
  const loaded = command.configFile === null ? { config: defaultConfig() } : loadConfig({ file: command.configFile, env: command.env });
  if ('faults' in loaded) {
    for (const { file, line, column, message } of loaded.faults) stderr.write(`${file}:${line}:${column}: ${message}\n`);
    return 1;
  }
  const json = command.format === 'json';
  const replay: Replay = new Replay(loaded.config.policy, (id) => (json ? report.close(id) : undefined));
  const report = new JsonReport(replay.archive);
  try {
    await run(command, replay);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    stderr.write(`winnow replay: ${command.events} cannot be read: ${error.message}\n`);
    return 1;
  }
  await writeAll(command.stdout, json ? report.pieces() : tableReport(replay.archive));
  return 0;
}

async function writeAll(stdout: Writable, pieces: Iterable<string>): Promise<void> {
  let gathered = '';
  const write = async () => {
    if (!stdout.write(gathered)) await once(stdout, 'drain');
    gathered = '';
  };
  for (const piece of pieces) {
    gathered += piece;
    if (gathered.length >= WRITTEN_AT_ONCE) await write();
  }
  await write();
}

async function run({ events, stdin, stderr }: ReplayCommand, replay: Replay): Promise<void> {
  const recording = await openRecording(events, stdin);
  let number = 0;
  let unreadable = 0;
  let shownAt = 0;
  for await (const lines of recording.lines) {
    for (const line of lines) {
      number += 1;
      if (line.trim() === '') continue;
      const event = readRecordedEvent(line);
      if (event.kind !== 'unreadable') {
        replay.event(event);
        continue;
      }
      unreadable += 1;
      if (unreadable <= MOST_NAMED) stderr.write(`line ${number} cannot be read: ${event.message}\n`);
    }
    if (stderr.isTTY === true && performance.now() - shownAt > 200) {
      shownAt = performance.now();
      const share = recording.progress();
      stderr.write(`\r${number} lines${share === null ? '' : `, ${Math.floor(share * 100)} %`}\x1b[K`);
    }
  }
  if (shownAt > 0) stderr.write('\r\x1b[K');
  replay.finish();
  if (unreadable > 0) stderr.write(`${unreadable} of ${number} lines could not be read\n`);
}
