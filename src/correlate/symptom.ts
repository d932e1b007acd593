// What sort of symptom an alert reports, by the words of its rule's name.

import { remembered } from '../model/remembered.ts';
import type { Domain, Symptom } from '../model/severity.ts';
import { SYMPTOM_WORDS } from './symptom-table.ts';
import { spokenWords } from './text-words.ts';

/** The symptom that a rule reports; an effect that is felt when nothing tells. Business figures are outcomes. */
export function symptomOf(rule: string, domain: Domain): Symptom {
  return domain === 'business' ? 'outcome' : symptomByName(rule);
}

const symptomByName = remembered((rule): Symptom => {
  const words = spokenWords(rule);
  return SYMPTOM_WORDS.find(({ pattern }) => pattern.test(words))?.symptom ?? 'felt';
});
