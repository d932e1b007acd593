import { describe, expect, it } from 'vitest';
import { formatMatchers } from '../../../src/model/matcher.ts';
import { incidentSilences, type SilencePlan, sparing } from '../../../src/notify/incident-silences.ts';

const labels = (object: Record<string, string>) => new Map(Object.entries(object));
const pod = (i: number, given: Record<string, string> = {}) => labels({ alertname: 'PodDown', namespace: 'serving', pod: `ranker-${i}`, ...given });
const pods = (count: number) => Array.from({ length: count }, (_, i) => pod(i));
const shown = ({ silences }: SilencePlan) => silences.map(({ matchers, alerts }) => `${alerts} ${formatMatchers(matchers)}`);

describe('the silences of an incident', () => {
  it('ask for all labels of each alert while they are few', () => {
    expect(shown(incidentSilences([pod(1), pod(0), labels({ alertname: 'NodeDown', node: 'gpu-7' })]))).toEqual([
      '1 {alertname="PodDown",namespace="serving",pod="ranker-0"}',
      '1 {alertname="PodDown",namespace="serving",pod="ranker-1"}',
      '1 {alertname="NodeDown",node="gpu-7"}',
    ]);
    expect(incidentSilences(pods(10)).silences).toHaveLength(10);
  });

  it('ask for what alerts of a name have in common where they are many, and tell others apart still', () => {
    const plan = incidentSilences([...pods(40), labels({ alertname: 'NodeDown', node: 'gpu-7' }), labels({ alertname: 'NodeDown', node: 'gpu-8' })]);
    expect(shown(plan)).toEqual([
      '40 {alertname="PodDown",namespace="serving"}',
      '1 {alertname="NodeDown",node="gpu-7"}',
      '1 {alertname="NodeDown",node="gpu-8"}',
    ]);
    expect(plan.silences.map(({ shared }) => shared)).toEqual([true, false, false]);
    expect(plan.leftOut).toBe(0);
  });

  it('never silence a whole rule, or a severity of it', () => {
    const many = Array.from({ length: 11 }, (_, i) => labels({ alertname: 'NodeDown', severity: 'critical', node: `gpu-${i}` }));
    expect(incidentSilences(many)).toEqual({ silences: [], leftOut: 11 });
  });

  it('are ten at most, for the names of most alerts', () => {
    const many = Array.from({ length: 12 }, (_, name) => Array.from({ length: 12 - name }, (_, i) => pod(i, { alertname: `Rule${name}` }))).flat();
    const { silences, leftOut } = incidentSilences(many);
    expect(silences.map(({ alerts }) => alerts)).toEqual([12, 11, 10, 9, 8, 7, 6, 5, 4, 3]);
    expect(leftOut).toBe(3);
  });

  it('leave out what cannot be shown whole, or has no label at all', () => {
    expect(incidentSilences([pod(0, { query: 'x'.repeat(900) }), labels({}), pod(1)])).toMatchObject({ silences: [{ alerts: 1 }], leftOut: 2 });
  });

  it('do not depend on the order of alerts or labels', () => {
    const turned = pods(14)
      .reverse()
      .map((each) => new Map([...each].reverse()));
    expect(incidentSilences(turned)).toEqual(incidentSilences(pods(14)));
  });

  it('spare what fires elsewhere', () => {
    const plan = incidentSilences([pod(0), pod(1)]);
    expect(sparing(plan, [pod(2), pod(1, { namespace: 'other' })])).toEqual(plan);
    expect(sparing(plan, [pod(1, { container: 'sidecar' })])).toEqual({ silences: [plan.silences[0]], leftOut: 1 });
  });
});
