import { expect, it } from 'vitest';
import { EntityNames } from '../../../src/correlate/entity-names.ts';
import { PLAIN_NAMING } from '../../../src/correlate/entity-reading.ts';
import { machineAlias } from '../../../src/correlate/machine-alias.ts';
import { labels } from './scenario.ts';

it('is shown by node_uname_info', () => {
  const naming = { ...PLAIN_NAMING, metrics: ['node_uname_info'] };
  expect(machineAlias(labels({ instance: '10.0.0.7:9100', nodename: 'gpu-7.example.org' }), naming)).toEqual({ address: '10.0.0.7', entity: 'node/gpu-7' });
});

it('is shown by the series of node_exporter that name their node, in the spelling of the graph', () => {
  const naming = { ...PLAIN_NAMING, names: new EntityNames({ declared: ['node/gpu-7.example.org'] }) };
  expect(machineAlias(labels({ job: 'node-exporter', instance: '10.0.0.7:9100', node: 'gpu-7' }), naming)).toEqual({
    address: '10.0.0.7',
    entity: 'node/gpu-7.example.org',
  });
});

it.each([
  ['another exporter, whose address is its pod’s', { job: 'dcgm-exporter', instance: '10.2.0.9:9400', Hostname: 'gpu-7' }],
  ['a loopback address', { job: 'node-exporter', instance: '127.0.0.1:9100', nodename: 'gpu-7' }],
  ['a name for an address', { job: 'node-exporter', instance: 'gpu-7:9100', nodename: 'gpu-7' }],
  ['an address alone', { job: 'node-exporter', instance: '10.0.0.7:9100' }],
  ['no address', { job: 'node-exporter', nodename: 'gpu-7' }],
])('is not shown by %s', (_case, object) => {
  expect(machineAlias(labels(object))).toBeNull();
});
