import { describe, expect, it } from 'vitest';
import { cutWords, spokenWords, stemOf, TEXT_READ, wordsOf } from '../../../src/correlate/text-words.ts';

describe('the words of a text', () => {
  it.each([
    ['a name in camel case with a part in snake case', 'HostDiskFull_p99', 'host disk full p99'],
    ['an acronym before a word', 'GPUXidError', 'gpu xid error'],
    ['an acronym in the plural', 'GPUs hot', 'gpu hot'],
    ['punctuation', 'model:latency-high (p99)', 'model latency high p99'],
    ['a class of status codes', 'Http5xxRate', 'http 5xx rat'],
    ['digits that belong to a name', 'S3 k8s p99', 's3 k8s p99'],
    ['words that say nothing', 'The disk of a host is full', 'disk host full'],
    ['other scripts and signs', 'Größe 磁盘 full', 'gr e full'],
    ['nothing', '', ''],
  ])('from %s', (_case, text, words) => {
    expect(wordsOf(text).join(' ')).toBe(words);
  });

  it('are cut alike where they keep their endings, and where they are held against patterns', () => {
    expect(cutWords('The GPUs dropped_Http5xx')).toEqual(['the', 'gpus', 'dropped', 'http', '5xx']);
    expect(spokenWords('The GPUs dropped_Http5xx')).toBe('the gpus dropped http 5xx');
  });

  it('end after as much as is read', () => {
    expect(cutWords('disk full', 6)).toEqual(['disk', 'f']);
    expect(wordsOf(`${'x'.repeat(TEXT_READ)} kafka`)).toEqual(['x'.repeat(TEXT_READ)]);
  });
});

describe('the stem of a word', () => {
  it.each([
    ['queries', 'query'],
    ['gpus', 'gpu'],
    ['status', 'status'],
    ['process', 'process'],
    ['redis', 'redis'],
    ['bookings', 'book'],
    ['dropped', 'drop'],
    ['killed', 'kill'],
    ['throttling', 'throttl'],
    ['throttle', 'throttl'],
    ['stale', 'stal'],
    ['ping', 'ping'],
    ['dbt', 'dbt'],
  ])('of %s is %s', (word, stem) => {
    expect(stemOf(word)).toBe(stem);
  });
});
