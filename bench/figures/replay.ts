// How many recorded alerts a second `winnow replay` runs, without the time that it takes to start.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { alertAt, webhookOf } from '../alerts.ts';
import type { Bench, Row } from '../figure.ts';
import type { WinnowProgram } from '../winnow.ts';

/** Every alert fires once and ends once, in webhooks of ten; at any time some thousands fire. */
const RECEIVED = 200_000;
const PER_WEBHOOK = 10;
const WEBHOOKS = RECEIVED / PER_WEBHOOK;
/** The recording begins at this instant; webhooks come so many milliseconds apart, and an end so many webhooks after its start. */
const BEGINS = Date.parse('2026-03-01T00:00:00Z');
const APART = 2000;
const LASTS = 600;

/** Measures alerts replayed a second on one core, the start excluded, and the start. */
export async function replay({ winnow }: Bench): Promise<readonly Row[]> {
  const folder = mkdtempSync(join(winnow.scratch, 'replay-'));
  try {
    const empty = join(folder, 'empty.ndjson');
    const recording = join(folder, 'recording.ndjson');
    writeFileSync(empty, '');
    await writeRecording(recording);
    const start = await secondsToReplay(winnow, empty);
    const whole = await secondsToReplay(winnow, recording);
    return [
      { figure: 'replayed, start excluded', unit: 'alerts/s', winnow: RECEIVED / (whole - start), alertmanager: null },
      { figure: 'replay of nothing', unit: 's', winnow: start, alertmanager: null },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function secondsToReplay({ script, nodeOptions }: WinnowProgram, recording: string): Promise<number> {
  const begun = performance.now();
  const child = spawn(process.execPath, [...nodeOptions, script, 'replay', '--format', 'json', recording], { stdio: ['ignore', 'ignore', 'inherit'] });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`winnow replay ended with ${String(code)}`);
  return (performance.now() - begun) / 1000;
}

async function writeRecording(path: string): Promise<void> {
  const file = createWriteStream(path);
  for (let i = 0; i < WEBHOOKS / 2 + LASTS; i++) {
    if (i < WEBHOOKS / 2) await writeWebhook(file, i, false);
    if (i >= LASTS) await writeWebhook(file, i - LASTS, true);
  }
  file.end();
  await once(file, 'finish');
}

async function writeWebhook(file: NodeJS.WritableStream, index: number, ends: boolean): Promise<void> {
  const firedAt = BEGINS + index * APART;
  const receivedAt = new Date(firedAt + (ends ? LASTS * APART : 0)).toISOString();
  const alerts = Array.from({ length: PER_WEBHOOK }, (_, k) => alertAt(index * PER_WEBHOOK + k, new Date(firedAt).toISOString()));
  const line = JSON.stringify({ receivedAt, source: 'alertmanager', body: webhookOf(alerts, ends ? receivedAt : null) });
  if (!file.write(`${line}\n`)) await once(file, 'drain');
}
