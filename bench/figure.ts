// A figure: something that is measured of Winnow and, where it has the like, of Alertmanager.

import type { AlertmanagerProgram } from './alertmanager.ts';
import type { Subject, SubjectName, SubjectOptions } from './subject.ts';
import type { WinnowProgram } from './winnow.ts';

/** What figures are measured with. */
export interface Bench {
  readonly winnow: WinnowProgram;
  readonly alertmanager: AlertmanagerProgram;
  /** Starts one of the two on empty data. */
  start(name: SubjectName, options: SubjectOptions): Promise<Subject>;
}

/** One measured value. */
export interface Row {
  readonly figure: string;
  readonly unit: string;
  readonly winnow: number;
  /** Null where Alertmanager has nothing like it. */
  readonly alertmanager: number | null;
}

/** Measures; answers a row for each value. */
export type Figure = (bench: Bench) => Promise<readonly Row[]>;

/** Measures the same of both subjects, one after the other, so that neither takes the other's time. */
export async function measureBoth<T>(measure: (name: SubjectName) => Promise<T>): Promise<Readonly<Record<SubjectName, T>>> {
  const winnow = await measure('winnow');
  const alertmanager = await measure('alertmanager');
  return { winnow, alertmanager };
}

/** Runs something with a subject on empty data, and discards it afterwards. */
export async function withSubject<T>(bench: Bench, name: SubjectName, options: SubjectOptions, work: (subject: Subject) => Promise<T>): Promise<T> {
  const subject = await bench.start(name, options);
  try {
    return await work(subject);
  } finally {
    await subject.discard();
  }
}
