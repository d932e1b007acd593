// What a generated name of Kubernetes belongs to: the workload of a pod, the deployment of a replica set.

/** The letters and digits that Kubernetes makes random suffixes of (apimachinery, `util/rand`): no vowels, no 0, 1 or 3. */
const SAFE = 'bcdfghjklmnpqrstvwxz2456789';
const SAFE_ONLY = new RegExp(`^[${SAFE}]+$`);
const HEX_ONLY = /^[0-9a-f]+$/;
const DIGIT = /\d/;
/** How often letters and digits take turns in a suffix that no one would write as a word. */
const LEAST_TURNS = 3;

/** What the name of a pod tells of its workload. */
export interface PodOwner {
  /** The name of the workload, such as `ranker`. */
  readonly name: string;
  /** How the pod's own part of the name was made: by a replica set, at random, or by counting. */
  readonly suffix: 'hash' | 'random' | 'ordinal';
}

/**
 * The workload of a pod by the pod's name: less `-<hash>-<5>` for a deployment, `-<ordinal>` for a
 * stateful set, `-<5>` for a daemon set or a job. Null for a name that shows no such suffix.
 */
export function podOwner(pod: string): PodOwner | null {
  const last = pod.lastIndexOf('-');
  if (last <= 0) return null;
  const suffix = pod.slice(last + 1);
  const head = pod.slice(0, last);
  if (/^\d{1,4}$/.test(suffix)) return { name: head, suffix: 'ordinal' };
  if (!/^[a-z0-9]{5}$/.test(suffix)) return null;
  const name = withoutHash(head);
  if (name !== head) return { name, suffix: 'hash' };
  return isRandom(suffix) ? { name: head, suffix: 'random' } : null;
}

/** The deployment of a replica set: `ranker-6c9f8d7b5` without its hash; any other name as it is. */
export function withoutHash(replicaSet: string): string {
  const last = replicaSet.lastIndexOf('-');
  if (last <= 0) return replicaSet;
  return isHash(replicaSet.slice(last + 1)) ? replicaSet.slice(0, last) : replicaSet;
}

/** The inference service of a KServe pod, by its name `<inference service>-predictor-…`; null for any other pod. */
export function inferenceServiceOf(pod: string): string | null {
  for (const part of ['-predictor-', '-transformer-', '-explainer-']) {
    const at = pod.indexOf(part);
    if (at > 0) return pod.slice(0, at);
  }
  return null;
}

/** Whether a thing's generated name begins with the name of what it belongs to: `ranker-0` and `ranker`. */
export function isNamedAfter(name: string, owner: string): boolean {
  return owner !== '' && name.length > owner.length + 1 && name.startsWith(owner) && name.charAt(owner.length) === '-';
}

/** `6c9f8d7b5`, and the hexadecimal and decimal hashes that older versions and examples show. */
function isHash(text: string): boolean {
  if (text.length < 6 || text.length > 10) return false;
  if (SAFE_ONLY.test(text)) return text.length >= 8 || DIGIT.test(text);
  return HEX_ONLY.test(text) && DIGIT.test(text) && (/[a-f]/.test(text) || text.length >= 8);
}

function isRandom(text: string): boolean {
  if (SAFE_ONLY.test(text)) return true;
  let turns = 0;
  for (let i = 1; i < text.length; i++) if (DIGIT.test(text.charAt(i)) !== DIGIT.test(text.charAt(i - 1))) turns += 1;
  return turns >= LEAST_TURNS;
}
