// Recordings for the tests of the replay: lines of webhooks, and the streams of a command.

import { Readable, Writable } from 'node:stream';
import { readRecordedEvent } from '../../../src/cli/replay/recorded-event.ts';
import { Replay } from '../../../src/cli/replay/replay.ts';
import { jsonReport } from '../../../src/cli/replay/report.ts';
import { parseConfig } from '../../../src/config/parse-config.ts';
import type { Policy } from '../../../src/correlate/policy.ts';

/** 2026-03-01 at a time of day such as `10:00` or `10:00:30`. */
export function at(time: string): string {
  return `2026-03-01T${time.length === 5 ? `${time}:00` : time}Z`;
}

/** A line of a recording. */
export function line(time: string, source: string, body: unknown): string {
  return JSON.stringify({ receivedAt: at(time), source, body });
}

/** A webhook of Alertmanager with alerts such as `{labels, startsAt}`. */
export function webhook(time: string, ...alerts: readonly unknown[]): string {
  return line(time, 'alertmanager', { version: '4', groupKey: '{}:{}', alerts });
}

/** An alert that fires since a time of day. */
export function firing(labels: Readonly<Record<string, string>>, startsAt: string) {
  return { status: 'firing', labels, annotations: { summary: `${labels['alertname']} fires` }, startsAt: at(startsAt), endsAt: '0001-01-01T00:00:00Z' };
}

/** The same alert, ended. */
export function resolved(labels: Readonly<Record<string, string>>, startsAt: string, endsAt: string) {
  return { ...firing(labels, startsAt), status: 'resolved', endsAt: at(endsAt) };
}

/** The policy of a configuration that names nodes and models, and tells the receiver `ml-oncall` in a terminal. */
export function policy(more = ''): Policy {
  const text = `
route: {receiver: ml-oncall}
receivers: [{name: ml-oncall, console_configs: [{}]}]
topology:
  entities: {node: [node], model: [model]}
  dependencies: [{from: model/ranker, to: [node/gpu-7]}]
${more}`;
  const result = parseConfig({ text, file: 'winnow.yaml', env: {}, readFile: () => '' });
  if ('faults' in result) throw new Error(result.faults[0]?.message ?? 'the configuration is wrong');
  return result.config.policy;
}

/** Runs lines to the end. */
export function replayOf(lines: readonly string[], inForce: Policy = policy()): Replay {
  const replay = new Replay(inForce);
  for (const text of lines) {
    const event = readRecordedEvent(text);
    if (event.kind === 'unreadable') throw new Error(`${event.message}: ${text}`);
    replay.event(event);
  }
  replay.finish();
  return replay;
}

/** The JSON document that lines end in. */
export function documentOf(lines: readonly string[], inForce: Policy = policy()): ReplayDocument {
  return JSON.parse([...jsonReport(replayOf(lines, inForce).archive)].join('')) as ReplayDocument;
}

/** What `--format json` prints, as far as the tests look into it. */
export interface ReplayDocument {
  readonly incidents: readonly (Readonly<Record<string, unknown>> & { readonly id: string })[];
  readonly suppressions: readonly Readonly<Record<string, unknown>>[];
  readonly notifications: readonly Readonly<Record<string, unknown>>[];
  readonly ledger: Readonly<Record<string, unknown>>;
}

/** A stream that gives the chunks one by one. */
export function streamOf(...chunks: readonly (string | Uint8Array)[]): Readable {
  return Readable.from(
    chunks.map((chunk) => Buffer.from(chunk)),
    { objectMode: false },
  );
}

/** A stream that keeps what is written to it. */
export function sink(isTTY = false): Writable & { readonly isTTY: boolean; text(): string } {
  let written = '';
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      written += chunk.toString();
      done();
    },
  });
  return Object.assign(stream, { isTTY, text: () => written });
}
