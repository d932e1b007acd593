// How rows are printed.

import type { Row } from './figure.ts';

const WIDTHS = [44, 14, 14, 8] as const;

/** The head of the table. */
export function tableHead(): string {
  return line(['figure', 'Winnow', 'Alertmanager', 'ratio']);
}

/** A row as text: the ratio is Winnow's value divided by Alertmanager's. */
export function tableRow({ figure, unit, winnow, alertmanager }: Row): string {
  const ratio = alertmanager === null || alertmanager === 0 ? '–' : (winnow / alertmanager).toFixed(2);
  return line([`${figure} (${unit})`, numberText(winnow), alertmanager === null ? '–' : numberText(alertmanager), ratio]);
}

function numberText(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(2);
}

function line([figure = '', ...values]: readonly string[]): string {
  return [figure.padEnd(WIDTHS[0]), ...values.map((value, i) => value.padStart(WIDTHS[i + 1] ?? 0))].join('  ');
}
