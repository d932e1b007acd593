// How the dependency graph is written as JSON.

import type { components } from '../generated/openapi.d.ts';
import type { Evidence } from './evidence.ts';
import { compareText } from './labels.ts';
import type { AssociationEvidence, LabelEdge, LearnedEdgeRecord } from './learned.ts';
import { formatDuration, formatInstant } from './time.ts';
import { type Edge, Topology } from './topology.ts';

/** The JSON of the dependency graph, as `openapi/winnow.yaml` describes it. */
export type TopologyDocument = components['schemas']['Topology'];

/** Writes the graph in force: what was said first, then what labels prove and what was learned, by their ends; each edge once. */
export function topologyDocument(said: readonly Edge[], learned: readonly (LabelEdge | LearnedEdgeRecord)[]): TopologyDocument {
  const sorted = [...learned].sort((a, b) => compareText(a.from, b.from) || compareText(a.to, b.to) || compareText(a.origin, b.origin));
  const { edges } = new Topology([...said, ...sorted]);
  return { edges: edges.map((edge) => ({ from: edge.from, to: edge.to, origin: edge.origin, ...more(edge, sorted) })) };
}

function more(edge: Edge, learned: readonly (LabelEdge | LearnedEdgeRecord)[]): Partial<TopologyDocument['edges'][number]> {
  const record = learned.find((one) => one === edge);
  if (record === undefined) return {};
  const lastSeenAt = formatInstant(record.at);
  if (record.origin === 'labels') return { lastSeenAt };
  return { lastSeenAt, confidence: record.confidence ?? 1, evidence: [evidenceOf(record.evidence)] };
}

function evidenceOf({ support, days, lift, medianLag, pValue, tests, level }: AssociationEvidence): Evidence {
  return {
    kind: 'association',
    summary: `followed it ${Math.round(support)} times on ${days} days, ${lift.toPrecision(2)} times as often as by chance, ${formatDuration(medianLag)} later at the median (p = ${pValue.toPrecision(1)}, ${tests} tests, false discovery rate ${level})`,
    value: Math.round(lift * 10) / 10,
    threshold: level,
    observations: Math.round(support),
  };
}
