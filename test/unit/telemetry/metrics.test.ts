import { describe, expect, it } from 'vitest';
import { createMetrics, type ScrapedFacts } from '../../../src/telemetry/metrics.ts';

const LEDGER = { received: 10, notified: 4, pending: 1, suppressed: 3, duplicate: 2, failed: 0, suppressedByReason: { rule: 1, transient: 2 } };

function metrics(given: Partial<ScrapedFacts> = {}) {
  return createMetrics(
    {
      ledger: async () => LEDGER,
      holds: async () => new Map([['transient', 5] as const]),
      openIncidents: async () => new Map(),
      jobs: async () => [],
      redisWeaknesses: () => 0,
      destinationsLeftAlone: () => new Map(),
      ...given,
    },
    () => null,
  );
}

async function samples(of: ReturnType<typeof metrics>, name: string): Promise<string[]> {
  return (await of.registry.getSingleMetricAsString(name)).split('\n').filter((line) => !line.startsWith('#'));
}

describe('the metrics', () => {
  it('have the ledger, whose accounts add up to what was received', async () => {
    expect(await samples(metrics(), 'winnow_ledger_alerts')).toEqual([
      'winnow_ledger_alerts{account="received"} 10',
      'winnow_ledger_alerts{account="notified"} 4',
      'winnow_ledger_alerts{account="pending"} 1',
      'winnow_ledger_alerts{account="duplicate"} 2',
      'winnow_ledger_alerts{account="failed"} 0',
      'winnow_ledger_alerts{account="suppressed",reason="rule"} 1',
      'winnow_ledger_alerts{account="suppressed",reason="transient"} 2',
    ]);
  });

  it('have the account of suppressed alerts before there is any', async () => {
    const none = metrics({ ledger: async () => ({ ...LEDGER, suppressed: 0, suppressedByReason: {} }) });
    expect(await samples(none, 'winnow_ledger_alerts')).toContain('winnow_ledger_alerts{account="suppressed"} 0');
  });

  it('have what is held back, and leave out what cannot be read', async () => {
    expect(await samples(metrics(), 'winnow_holds')).toEqual(['winnow_holds{reason="transient"} 5']);
    expect(await samples(metrics({ holds: () => Promise.reject(new Error('away')) }), 'winnow_holds')).toEqual([]);
  });

  it('count bulletins by kind', async () => {
    const counted = metrics();
    counted.committed({ events: 1, seconds: 0.1, bulletins: ['digest', 'storm', 'digest'] });
    expect(await samples(counted, 'winnow_bulletins_total')).toEqual(['winnow_bulletins_total{kind="digest"} 2', 'winnow_bulletins_total{kind="storm"} 1']);
  });
});
