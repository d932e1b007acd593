import { describe, expect, it } from 'vitest';
import { staleAt } from '../../../src/correlate/stale.ts';
import { HOUR, MINUTE } from '../../../src/model/time.ts';
import { alertState } from './alert-state.ts';
import { at, policy } from './scenario.ts';

const alert = alertState({ heardAt: at('10:00') });

describe('an alert of which nothing more is heard ends', () => {
  it('after 9 hours by default', () => {
    expect(staleAt(alert, 0, policy())).toBe(at('19:00'));
    expect(staleAt(alert, 3 * HOUR, policy())).toBe(at('19:00'));
  });

  it('after two and a half times the longest interval of re-delivery seen, when that is more', () => {
    expect(staleAt(alert, 4 * HOUR, policy())).toBe(at('20:00'));
  });

  it('after what the configuration says, whatever was seen', () => {
    expect(staleAt(alert, 4 * HOUR, policy({ staleAfter: 30 * MINUTE }))).toBe(at('10:30'));
  });
});
