import { describe, expect, it } from 'vitest';
import type { SeverityPolicy } from '../../../src/correlate/policy.ts';
import { severityOf } from '../../../src/correlate/severity.ts';
import { labels } from './scenario.ts';

const usual: SeverityPolicy = {
  label: 'severity',
  values: new Map([
    ['page', 'critical'],
    ['warning', 'warning'],
    ['p5', 'info'],
  ]),
};

describe('the severity of an alert', () => {
  it('is what its label means, whatever its case', () => {
    expect(severityOf(labels({ severity: 'page' }), usual)).toEqual({ severity: 'critical', assumed: null });
    expect(severityOf(labels({ severity: 'P5' }), usual)).toEqual({ severity: 'info', assumed: null });
  });

  it('is read from the label that the configuration names', () => {
    const named = { ...usual, label: 'prio' };
    expect(severityOf(labels({ prio: 'page', severity: 'warning' }), named).severity).toBe('critical');
  });

  it('is a warning without a label, and that is said', () => {
    const said = { severity: 'warning', assumed: { kind: 'severity-assumed', summary: 'has no label severity, taken as a warning' } };
    expect(severityOf(labels({}), usual)).toEqual(said);
    expect(severityOf(labels({ severity: '' }), usual)).toEqual(said);
  });

  it('is a warning with an unknown value, and the value, which is hostile, is not repeated', () => {
    expect(severityOf(labels({ severity: '<!channel>' }), usual)).toEqual({
      severity: 'warning',
      assumed: { kind: 'severity-assumed', summary: 'severity has no known value, taken as a warning' },
    });
  });
});
