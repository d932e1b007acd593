import { describe, expect, it } from 'vitest';
import { worse, worst } from '../../../src/model/severity.ts';

describe('severities', () => {
  it('are worse in the order critical, warning, info, and not worse than themselves', () => {
    expect([worse('critical', 'warning'), worse('warning', 'info'), worse('critical', 'info')]).toEqual([true, true, true]);
    expect([worse('warning', 'critical'), worse('info', 'info')]).toEqual([false, false]);
  });

  it('have a worst of two, whichever comes first', () => {
    expect([worst('info', 'critical'), worst('critical', 'info'), worst('warning', 'warning')]).toEqual(['critical', 'critical', 'warning']);
  });
});
