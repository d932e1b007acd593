// Whether an alert is about something that changes slowly: statistics over predictions, and business figures.

import { remembered } from '../model/remembered.ts';
import type { Domain } from '../model/severity.ts';
import { spokenWords } from './text-words.ts';

const SLOW =
  /\b(drift\w*|psi|accuracy|calibration|auc|recall|precision|rmse|mape|quality|distribution|revenue|conversion|kpi|churn|ctr|approval|scores?|skew\w*|bias)\b/;

/** True for alerts that follow their cause by tens of minutes, by the rule's name and the domain. */
export function isSlow(rule: string, domain: Domain): boolean {
  return domain === 'business' || ((domain === 'model' || domain === 'unknown') && isSlowByName(rule));
}

const isSlowByName = remembered((rule) => SLOW.test(spokenWords(rule)));
