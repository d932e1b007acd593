// What sort of symptom an alert reports, by the words of its rule's name.

import { remembered } from '../model/remembered.ts';
import type { Domain, Symptom } from '../model/severity.ts';
import { SYMPTOM_WORDS } from './symptom-table.ts';

/** The symptom that a rule reports; an effect that is felt when nothing tells. Business figures are outcomes. */
export function symptomOf(rule: string, domain: Domain): Symptom {
  return domain === 'business' ? 'outcome' : symptomByName(rule);
}

const symptomByName = remembered((rule): Symptom => {
  const words = spokenWords(rule);
  return SYMPTOM_WORDS.find(({ pattern }) => pattern.test(words))?.symptom ?? 'felt';
});

/** Splits `NodeDiskFull_p99` and prose alike into lower-case words joined by single spaces; reads 200 characters. */
export function spokenWords(text: string): string {
  return text
    .slice(0, 200)
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .replace(/[^A-Za-z0-9]+/g, ' ')
    .trim()
    .toLowerCase();
}
