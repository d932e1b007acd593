import { describe, expect, it } from 'vitest';
import { inferenceServiceOf, isNamedAfter, podOwner, withoutHash } from '../../../src/correlate/workload.ts';

describe('the workload of a pod', () => {
  it.each([
    ['ranker-6c9f8d7b5-x2k4p', 'ranker', 'hash'],
    ['feature-store-api-5d4b7c6f89-abcde', 'feature-store-api', 'hash'],
    ['ranker-1234567890-x2k4p', 'ranker', 'hash'],
    ['ranker-predictor-00001-deployment-6c9f8d7b5-x2k4p', 'ranker-predictor-00001-deployment', 'hash'],
    ['kafka-0', 'kafka', 'ordinal'],
    ['train-42-worker-13', 'train-42-worker', 'ordinal'],
    ['node-exporter-x2k4q', 'node-exporter', 'random'],
    ['node-exporter-x2x1z', 'node-exporter', 'random'],
  ])('%s is %s', (pod, name, suffix) => {
    expect(podOwner(pod)).toEqual({ name, suffix });
  });

  it.each(['ranker', 'ranker-backend', 'search-api-proxy', 'ranker-6c9f', '-x2k4p', ''])('%s shows none', (pod) => {
    expect(podOwner(pod)).toBeNull();
  });

  it('is not found in words that only look like a hash', () => {
    expect(podOwner('ranker-backend-prod1')).toBeNull();
    expect(podOwner('ranker-decade-model')).toBeNull();
  });
});

it.each([
  ['ranker-6c9f8d7b5', 'ranker'],
  ['ranker-canary', 'ranker-canary'],
  ['ranker', 'ranker'],
])('the owner of the replica set %s is %s', (set, owner) => {
  expect(withoutHash(set)).toBe(owner);
});

it.each([
  ['ranker-predictor-00001-deployment-6c9f8d7b5-x2k4p', 'ranker'],
  ['ranker-transformer-6c9f8d7b5-x2k4p', 'ranker'],
  ['ranker-6c9f8d7b5-x2k4p', null],
])('the inference service of %s is %s', (pod, service) => {
  expect(inferenceServiceOf(pod)).toBe(service);
});

it.each([
  ['ranker-0', 'ranker', true],
  ['ranker-', 'ranker', false],
  ['ranker', 'ranker', false],
  ['rankers-0', 'ranker', false],
  ['ranker-0', '', false],
])('whether %s is named after %s: %s', (name, owner, is) => {
  expect(isNamedAfter(name, owner)).toBe(is);
});
