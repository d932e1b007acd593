// The keys of a shard in Redis. All carry the shard's hash tag, so that one commit touches one slot.

/** The names of a shard's keys. */
export interface ShardKeys {
  /** Hash: version, fence, the fence of the owner that has loaded, clock, totals, longestRedelivery, putEdges. */
  readonly meta: string;
  readonly lease: string;
  /** Hash: id and hash of the configuration that was last read again. */
  readonly reload: string;
  /** List: `ID RESULTS` of the batches handled last, newest first. */
  readonly handled: string;
  /** Hashes from fingerprint to what is remembered of an alert, and to what it says; the fingerprints in order. */
  readonly alerts: string;
  readonly fingerprints: string;
  readonly documents: string;
  /** Hash from the fingerprint of each alert that is held back to `SINCE REASON`. */
  readonly held: string;
  /** Hash from id to incident; set of those in memory; sorted set of all ids, by name; sorted set of ids by when they were resolved. */
  readonly incidents: string;
  readonly active: string;
  readonly incidentIds: string;
  readonly resolved: string;
  /** Hash from id to delivery. */
  readonly deliveries: string;
  /** Hash from id to bulletin. */
  readonly bulletins: string;
  /** Hash from key to what was learned from the alerts themselves. */
  readonly learned: string;
  /** Hash from the id of a delivery or bulletin to what its sender last did. */
  readonly claims: string;
  /** Stream of what came in, by batch, compressed. */
  readonly recording: string;
  /** Streams of suppressions and of failed alerts. */
  readonly suppressions: string;
  readonly failures: string;
  /** Stream of what people and tokens changed. */
  readonly audit: string;
  /** Stream of what commits changed of incidents, an entry each. */
  readonly events: string;
  /** Hash from id to change; sorted set of `TIME ID`; set of those in memory. */
  readonly changes: string;
  readonly changeTimes: string;
  readonly activeChanges: string;
  /** Hash from id to silence. */
  readonly silences: string;
  /** Set of the fingerprints of alerts that fire and that an Alertmanager has had. */
  upstream(url: string): string;
  /** Hash from fingerprint to member; `FINGERPRINT+` holds why it joined. */
  members(incidentId: string): string;
  /** List of an incident's timeline, oldest first. */
  timeline(incidentId: string): string;
}

/** The keys under a shard's tag. */
export function shardKeys(tag: string): ShardKeys {
  const key = (name: string) => `${tag}:s:${name}`;
  return {
    meta: key('meta'),
    lease: key('lease'),
    reload: key('reload'),
    handled: key('handled'),
    alerts: key('alerts'),
    fingerprints: key('fingerprints'),
    documents: key('documents'),
    held: key('held'),
    incidents: key('incidents'),
    active: key('active'),
    incidentIds: key('incident-ids'),
    resolved: key('resolved'),
    deliveries: key('deliveries'),
    bulletins: key('bulletins'),
    learned: key('learned'),
    claims: key('claims'),
    recording: key('recording'),
    suppressions: key('suppressions'),
    failures: key('failures'),
    audit: key('audit'),
    events: key('events'),
    changes: key('changes'),
    changeTimes: key('change-times'),
    activeChanges: key('active-changes'),
    silences: key('silences'),
    upstream: (url) => key(`upstream:${url}`),
    members: (incidentId) => key(`members:${incidentId}`),
    timeline: (incidentId) => key(`timeline:${incidentId}`),
  };
}
