import { describe, expect, it } from 'vitest';
import { EntityNames, NO_NAMES } from '../../../src/correlate/entity-names.ts';

describe('the spelling of a machine', () => {
  it('is the declared one, whatever port, domain and case it comes with', () => {
    const names = new EntityNames({ declared: ['node/Node-7.cluster.local'] });
    for (const written of ['node-7', 'node-7:9100', 'NODE-7.example.org', 'Node-7.cluster.local']) {
      expect(names.spell('node', written, 'machine')).toBe('node/Node-7.cluster.local');
    }
  });

  it('is found under another kind of machine', () => {
    expect(new EntityNames({ declared: ['host/gpu-7'] }).spell('node', 'gpu-7:9100', 'machine')).toBe('host/gpu-7');
  });

  it('is found under a configured kind that shares a label', () => {
    const configured = [{ kind: 'box', labels: ['box', 'node'] }];
    expect(new EntityNames({ declared: ['box/d12'], configured }).spell('node', 'd12', 'machine')).toBe('box/d12');
  });

  it('is the own kind’s where two kinds know it', () => {
    const names = new EntityNames({ declared: ['host/gpu-7', 'node/gpu-7'] });
    expect(names.spell('node', 'GPU-7', 'machine')).toBe('node/gpu-7');
    expect(names.spell('vm', 'GPU-7', 'machine')).toBe('vm/GPU-7');
  });

  it('stays as given where two domains have a machine of this name', () => {
    const names = new EntityNames({ declared: ['node/gpu-7.east', 'node/gpu-7.west'] });
    expect(names.spell('node', 'gpu-7', 'machine')).toBe('node/gpu-7');
    expect(names.spell('node', 'gpu-7.west', 'machine')).toBe('node/gpu-7.west');
  });

  it('is not sought for other things', () => {
    expect(new EntityNames({ declared: ['table/stg.events'] }).spell('table', 'stg.orders', 'other')).toBe('table/stg.orders');
  });

  it('is never that of a loopback name', () => {
    expect(new EntityNames({ declared: ['node/localhost:9100'] }).spell('node', 'localhost:9100', 'other')).toBe('node/localhost:9100');
    expect(new EntityNames({ declared: ['node/localhost'] }).spell('node', 'localhost:9100', 'machine')).toBe('node/localhost:9100');
  });

  it('is that of an address or a name that is declared for it, whatever port, domain and case that comes with', () => {
    const aliases = [
      { entity: 'host/gpu-7', name: '10.0.0.7' },
      { entity: 'host/gpu-7', name: 'ip-10-0-0-7.ec2.internal' },
    ];
    const names = new EntityNames({ declared: ['model/ranker', 'host/gpu-7'], aliases });
    for (const written of ['10.0.0.7', '10.0.0.7:9100', '10_0_0_7', 'ip-10-0-0-7', 'IP-10-0-0-7.ec2.internal:9400'])
      expect(names.spell('node', written, 'machine'), written).toBe('host/gpu-7');
    expect(names.spell('node', '10.0.0.70:9100', 'machine')).toBe('node/10.0.0.70:9100');
    expect(names.spell('service', '10.0.0.7', 'other')).toBe('service/10.0.0.7');
  });

  it('is its own where the graph names it', () => {
    const aliases = [{ entity: 'node/gpu-7', name: '10.0.0.7' }];
    expect(new EntityNames({ declared: ['node/10.0.0.7'], aliases }).spell('node', '10.0.0.7', 'machine')).toBe('node/10.0.0.7');
  });

  it('is declared by its further names, where no edge names it', () => {
    const names = new EntityNames({ declared: [], aliases: [{ entity: 'node/gpu-7.east', name: '10.0.0.7' }] });
    expect(names.knows('node/gpu-7.east')).toBe(true);
    expect(names.spell('node', 'gpu-7:9100', 'machine')).toBe('node/gpu-7.east');
  });
});

describe('the spelling of a pod', () => {
  const spell = (declared: readonly string[], pod: string): string => new EntityNames({ declared }).spell('pod', pod, 'pod');

  it('is that of its workload where the graph does not name the pod', () => {
    expect(spell(['deployment/ranker', 'service/ranker', 'model/ranker'], 'ranker-6c9f8d7b5-x2k4p')).toBe('deployment/ranker');
    expect(spell(['service/kafka'], 'kafka-0')).toBe('service/kafka');
    expect(spell(['pod/ranker'], 'ranker-6c9f8d7b5-x2k4p')).toBe('pod/ranker');
  });

  it('is its own where the graph names it', () => {
    expect(spell(['service/kafka', 'pod/kafka-0'], 'kafka-0')).toBe('pod/kafka-0');
  });

  it('is that of an earlier pod of the same deployment, but not of another of a stateful set', () => {
    expect(spell(['pod/ranker-5d4b7c6f89-zxcvb'], 'ranker-6c9f8d7b5-x2k4p')).toBe('pod/ranker-5d4b7c6f89-zxcvb');
    expect(spell(['pod/kafka-0'], 'kafka-1')).toBe('pod/kafka-1');
  });

  it('is that of its inference service', () => {
    expect(spell(['inferenceservice/ranker'], 'ranker-predictor-00001-deployment-6c9f8d7b5-x2k4p')).toBe('inferenceservice/ranker');
  });

  it('is not that of anything that merely bears the name', () => {
    expect(spell(['model/ranker', 'keyspace/ranker'], 'ranker-6c9f8d7b5-x2k4p')).toBe('pod/ranker-6c9f8d7b5-x2k4p');
  });
});

it('knows the very spellings that are declared', () => {
  const names = new EntityNames({ declared: ['node/gpu-7', 'node/gpu-7'] });
  expect([names.knows('node/gpu-7'), names.knows('node/GPU-7')]).toEqual([true, false]);
  expect(names.spell('node', 'GPU-7', 'machine')).toBe('node/gpu-7');
  expect(NO_NAMES.spell('node', 'GPU-7', 'machine')).toBe('node/GPU-7');
});
