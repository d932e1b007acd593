import { describe, expect, it } from 'vitest';
import { isSlow } from '../../../src/correlate/tempo.ts';

describe('what changes slowly', () => {
  it.each([
    'PredictionDrift',
    'FeaturePSIHigh',
    'ModelAccuracyLow',
    'CalibrationErrorHigh',
    'ValidationAUCDrop',
    'recall_at_10_low',
    'Precision below target',
    'ForecastRMSEHigh',
    'ForecastMAPEHigh',
    'EmbeddingQualityLow',
    'PredictionDistributionShift',
    'TrainServingSkew',
    'ApprovalRateShift',
    'ScoreShift',
    'GroupBiasHigh',
  ])('is what %s of a model tells', (rule) => {
    expect(isSlow(rule, 'model')).toBe(true);
  });

  it.each(['RevenueLow', 'CheckoutDown', ''])('is any business figure, though its rule be called "%s"', (rule) => {
    expect(isSlow(rule, 'business')).toBe(true);
  });

  it('is told by the name where the domain is not known', () => {
    expect(isSlow('PredictionDrift', 'unknown')).toBe(true);
    expect(isSlow('ConversionRateLow', 'unknown')).toBe(true);
    expect(isSlow('Rule17', 'unknown')).toBe(false);
  });
});

describe('what changes quickly', () => {
  it.each(['InferenceLatencyHigh', 'ModelServerDown', 'KVCacheFull', 'TokensPerSecondLow', 'TrainingStalled'])('is what %s of a model tells', (rule) => {
    expect(isSlow(rule, 'model')).toBe(false);
  });

  it.each(['infra', 'data', 'application'] as const)('is everything of the domain %s, though its name speak of drift or quality', (domain) => {
    expect(isSlow('ClockDrift', domain)).toBe(false);
    expect(isSlow('DataQualityLow', domain)).toBe(false);
  });
});
