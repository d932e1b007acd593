import { describe, expect, it } from 'vitest';
import { missingPackages } from '../../../src/store/debian-package.ts';

describe('missingPackages', () => {
  it('names what would be installed anew and may hold a program or a library', () => {
    const simulation = [
      'NOTE: This is only a simulation!',
      'Inst libjemalloc2 (5.3.0-1 Debian:12.15/oldstable [amd64])',
      'Inst redis-tools (5:7.0.15-1~deb12u10 Debian-Security:12/oldstable-security [amd64]) []',
      'Conf libjemalloc2 (5.3.0-1 Debian:12.15/oldstable [amd64])',
    ].join('\n');
    expect(missingPackages(simulation)).toEqual(['libjemalloc2', 'redis-tools']);
  });

  it('leaves alone what is for every architecture', () => {
    expect(missingPackages('Inst libjs-d3 (3.5.17-4 Debian:12.15/oldstable [all])')).toEqual([]);
  });

  it('leaves alone what would be upgraded, as the C library must fit its loader', () => {
    expect(missingPackages('Inst libc6 [2.36-9] (2.36-10 Debian:12.15/oldstable [amd64])')).toEqual([]);
  });
});
