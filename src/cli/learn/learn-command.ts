// `winnow learn`: runs history through the engine and gives an instance what is learned from it, nothing else.

import type { Readable } from 'node:stream';
import { formatFault } from '../../config/fault-line.ts';
import { defaultConfig, loadConfig } from '../../config/load-config.ts';
import { type LearnedEntry, transferable } from '../../correlate/history-records.ts';
import { formatInstant, type Instant } from '../../model/time.ts';
import { Progress, type ProgressStream } from '../progress.ts';
import { play, UnusableRecording } from '../replay/play.ts';
import { Replay } from '../replay/replay.ts';
import { askService, type ServiceAddress, ServiceRefusal } from '../service-client.ts';

/** How many records are posted at once: some 200 bytes each. */
const AT_ONCE = 500;

/** What the command is asked and given. */
export interface LearnCommand {
  readonly configFile: string | null;
  readonly service: ServiceAddress;
  /** A file of recorded events, or `-`. */
  readonly events: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: Readable;
  readonly stderr: ProgressStream;
}

/** Runs the command; answers its exit status: 0, or 1 when the configuration or the file is not usable, or the service does not take it. */
export async function learnCommand(command: LearnCommand): Promise<number> {
  const { stderr } = command;
  const loaded = command.configFile === null ? { config: defaultConfig() } : loadConfig({ file: command.configFile, env: command.env });
  if ('faults' in loaded) {
    for (const fault of loaded.faults) stderr.write(`${formatFault(fault)}\n`);
    return 1;
  }
  const replay = new Replay(loaded.config.policy);
  let since: Instant | null = null;
  try {
    await play(command, (event) => {
      since ??= event.receivedAt;
      return replay.event(event);
    });
    replay.finish();
    const { added, known } = await post(command, transferable(replay.learned), since ?? 0);
    stderr.write(`${added} records added, ${known} left out as the instance knows something of these already\n`);
  } catch (error) {
    if (!(error instanceof UnusableRecording || error instanceof ServiceRefusal)) throw error;
    stderr.write(`winnow learn: ${error.message}\n`);
    return 1;
  }
  return 0;
}

async function post({ service, stderr }: LearnCommand, entries: readonly LearnedEntry[], since: Instant) {
  const progress = new Progress(stderr);
  const sum = { added: 0, known: 0 };
  for (let from = 0; from < entries.length; from += AT_ONCE) {
    const records = entries.slice(from, from + AT_ONCE).map(([key, record]) => ({ key, record }));
    const body = { since: formatInstant(since), records };
    const { added, known } = await askService<{ readonly added: number; readonly known: number }>(service, '/api/v1/baselines', { method: 'POST', body });
    sum.added += added;
    sum.known += known;
    progress.show(() => `${from + records.length} of ${entries.length} records`);
  }
  progress.clear();
  return sum;
}
