// What is measured: a program that takes alerts in and tells a destination, Winnow or Alertmanager.

import { setTimeout as sleep } from 'node:timers/promises';
import type { GeneratedAlert } from './alerts.ts';
import type { RunningProgram } from './child-process.ts';

/** The two programs that are held side by side. */
export type SubjectName = 'winnow' | 'alertmanager';

/** A program under measurement; both are set to tell one destination, at once, and about changes a second later. */
export interface Subject extends RunningProgram {
  readonly name: SubjectName;
  /** Where alerts are posted. */
  readonly intakeUrl: string;
  /** How many alerts it has told its destination of. */
  told(): Promise<number>;
  /** Starts it again on the same data. */
  restart(): Promise<Subject>;
  /** Stops it and deletes its data. */
  discard(): Promise<void>;
}

/** What a subject is started with. */
export interface SubjectOptions {
  /** Where the destination listens, such as `http://127.0.0.1:4711`. */
  readonly destination: string;
  /** For how many alerts the dependency graph is declared. */
  readonly alerts: number;
}

/** The body with which one subject takes alerts in. */
export type EncodeAlerts = (alerts: readonly GeneratedAlert[]) => string;

/** How soon changes to what was told follow, for both subjects alike. */
export const GROUP_INTERVAL = '1s';

/** How long telling may take, and how often it is asked how far it is, in milliseconds. */
const TOLD_WITHIN = 120_000;
const ASKED_EVERY = 100;

/** Resolves once a subject has told its destination of so many alerts; rejects when that takes two minutes. */
export async function untilTold(subject: Subject, alerts: number): Promise<void> {
  const deadline = performance.now() + TOLD_WITHIN;
  for (let told = await subject.told(); told < alerts; told = await subject.told()) {
    if (performance.now() > deadline) throw new Error(`${subject.name} told of ${told} of ${alerts} alerts within ${TOLD_WITHIN / 1000} s`);
    await sleep(ASKED_EVERY);
  }
}
