import { describe, expect, it } from 'vitest';
import { PhraseIndex } from '../../../src/correlate/phrase-index.ts';
import { wordsOf } from '../../../src/correlate/text-words.ts';

describe('an index of phrases', () => {
  const index = new PhraseIndex<string>();
  for (const phrase of ['budget', 'error budget', 'error budget burn rate', 'rate', 'vLLM', 'queue']) index.add(phrase, phrase);

  it.each<[string, string, string[]]>([
    ['the longest phrase at each place', 'error budget', ['error budget']],
    ['a shorter one where the longer does not go on', 'error budget burn slow', ['error budget']],
    ['what follows a phrase', 'ErrorBudgetBurnRate of the queues', ['error budget burn rate', 'queue']],
    ['a name as it is spelt', 'vLLM', ['vLLM']],
    ['a name in lower case', 'vllm', ['vLLM']],
    ['a phrase as often as it stands there', 'budget, budget', ['budget', 'budget']],
    ['nothing in other words', 'error of the month', []],
    ['nothing in no words', '', []],
  ])('finds %s', (_case, text, phrases) => {
    expect(index.find(wordsOf(text))).toEqual(phrases);
  });

  it('keeps the first entry of a phrase', () => {
    const twice = new PhraseIndex<number>();
    twice.add('disk', 1);
    twice.add('disks', 2);
    expect(twice.find(['disk'])).toEqual([1]);
  });
});
