// Reads a recording into whoever runs it: progress is shown, lines that cannot be read are named and left out.

import type { Readable } from 'node:stream';
import type { EngineEvent } from '../../correlate/event.ts';
import type { EventResult } from '../../correlate/person.ts';
import { Progress, type ProgressStream } from '../progress.ts';
import { openRecording } from './read-lines.ts';
import { readRecordedEvent } from './recorded-event.ts';

/** How many lines that cannot be read, and how many actions that were refused, are named one by one. */
const MOST_NAMED = 20;

/** A recording and where it is spoken of. */
export interface Recorded {
  /** A file of recorded events, or `-`. */
  readonly events: string;
  readonly stdin: Readable;
  readonly stderr: ProgressStream;
}

/** A file that cannot be read; its message is one line for people. */
export class UnusableRecording extends Error {
  override readonly name = 'UnusableRecording';
}

/**
 * Hands every event of a recording over, in order, and names what cannot be read and which actions `take` answers to have
 * been refused: an acknowledgement that finds no incident protects none. Throws `UnusableRecording` when the file cannot
 * be read. `quiet` names no lines.
 */
export async function play({ events, stdin, stderr }: Recorded, take: (event: EngineEvent) => EventResult | null, quiet = false): Promise<void> {
  const progress = new Progress(stderr);
  let number = 0;
  let unreadable = 0;
  let reloads = 0;
  let refused = 0;
  try {
    const recording = await openRecording(events, stdin);
    for await (const lines of recording.lines) {
      for (const line of lines) {
        number += 1;
        if (line.trim() === '') continue;
        // Editors of some systems mark the beginning of a text.
        const event = readRecordedEvent(number === 1 ? line.replace(/^\uFEFF/, '') : line);
        if (event.kind !== 'unreadable') {
          if (event.kind === 'config') reloads += 1;
          const result = take(event);
          if (event.kind !== 'action' || result === null || result.ok) continue;
          refused += 1;
          if (!quiet && refused <= MOST_NAMED) stderr.write(`line ${number} changes nothing: ${result.detail}\n`);
          continue;
        }
        unreadable += 1;
        if (!quiet && unreadable <= MOST_NAMED) stderr.write(`line ${number} cannot be read: ${event.message}\n`);
      }
      const share = recording.progress();
      progress.show(() => `${number} lines${share === null ? '' : `, ${Math.floor(share * 100)} %`}`);
    }
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    throw new UnusableRecording(`${events} cannot be read: ${error.message}`);
  } finally {
    progress.clear();
  }
  if (!quiet && reloads > 0)
    stderr.write(`the configuration changed ${reloads === 1 ? 'once' : `${reloads} times`} while this was recorded; it is replayed under one throughout\n`);
  if (!quiet && refused > 0) stderr.write(`${refused === 1 ? '1 action' : `${refused} actions`} changed nothing\n`);
  if (!quiet && unreadable > 0) stderr.write(`${unreadable} of ${number} lines could not be read\n`);
}
