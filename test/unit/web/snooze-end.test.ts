import { expect, it } from 'vitest';
import { snoozeEnd } from '../../../web/snooze-end.ts';

const at = (day: number, hour: number, minute = 0) => new Date(2026, 2, day, hour, minute);

it('a snooze ends after some hours, or at the next 9:00 where the person is', () => {
  expect(snoozeEnd('1', at(1, 23, 30))).toEqual(at(2, 0, 30));
  expect(snoozeEnd('4', at(1, 3))).toEqual(at(1, 7));
  expect(snoozeEnd('morning', at(1, 3))).toEqual(at(1, 9));
  expect(snoozeEnd('morning', at(1, 9))).toEqual(at(2, 9));
  expect(snoozeEnd('morning', at(31, 22))).toEqual(new Date(2026, 3, 1, 9));
});
