import { describe, expect, it } from 'vitest';
import { jobIdOf } from '../../../src/queue/delivery-queue.ts';

const INCIDENT = '01KJMSEG0058H9CPQHM6CY8Q3T';

describe('the job of a message', () => {
  it('is named by incident, destination and number, the same each time', () => {
    expect(jobIdOf(`${INCIDENT}~slack/#ml-alerts/3f2a9c1b`, 3)).toMatch(new RegExp(`^d-${INCIDENT}-[0-9a-f]{16}-3$`));
    expect(jobIdOf(`${INCIDENT}~slack/#ml-alerts/3f2a9c1b`, 3)).toBe(jobIdOf(`${INCIDENT}~slack/#ml-alerts/3f2a9c1b`, 3));
  });

  it('is named without a colon, whatever the destination is called', () => {
    expect(jobIdOf(`${INCIDENT}~slack/#a:b~c d/😀`, 1)).toMatch(/^[0-9A-Za-z-]+$/);
  });

  it('is another for another message, destination or incident', () => {
    const ids = [
      jobIdOf(`${INCIDENT}~console`, 1),
      jobIdOf(`${INCIDENT}~console`, 2),
      jobIdOf(`${INCIDENT}~consola`, 1),
      jobIdOf('01KJMSEG0158H9CPQHM6CY8Q3T~console', 1),
    ];
    expect(new Set(ids).size).toBe(4);
  });
});
