// The sums of what speaks for each domain, and the words for why one of them won.

import { DOMAINS, type Domain } from '../model/severity.ts';

/** How many reasons a reading names, and how much of a name it repeats. */
const REASONS_NAMED = 3;
const NAME_SHOWN = 60;

/** One reason: where it stands, what stands there and what that weighs. */
interface Reason {
  readonly domain: Domain;
  readonly where: string;
  readonly what: string;
  weight: number;
}

/** Adds up weights per domain and remembers the reasons. */
export class DomainScore {
  readonly #sums = new Map<Domain, number>();
  readonly #reasons: Reason[] = [];
  readonly #once = new Set<object>();

  /** Adds a weight, in nats, for `domain`, since `what` stands in `where`; the weights of one reason add up. */
  add(domain: Domain, weight: number, where: string, what: string): void {
    if (weight === 0) return;
    this.#sums.set(domain, this.#sum(domain) + weight);
    const reason = this.#reasons.find((known) => known.what === what && known.where === where && known.domain === domain);
    if (reason === undefined) this.#reasons.push({ domain, where, what, weight });
    else reason.weight += weight;
  }

  /** Adds a hint as `add` does unless the same hint was added before. */
  addOnce(hint: object, domain: Domain, weight: number, where: string, what: string): void {
    if (this.#once.has(hint)) return;
    this.#once.add(hint);
    this.add(domain, weight, where, what);
  }

  /** The domain with the largest sum, the earlier of `DOMAINS` among equals; `unknown` when nothing was added. */
  winner(): Domain {
    let best: Domain = 'unknown';
    let most = 0;
    for (const domain of DOMAINS) {
      const sum = rounded(this.#sum(domain), 1000);
      if (sum > most) {
        best = domain;
        most = sum;
      }
    }
    return best;
  }

  /** The share of a domain in all that was added, 0 to 1 in hundredths; 0 when nothing was. */
  share(domain: Domain): number {
    let all = 0;
    for (const one of DOMAINS) all += this.#sum(one);
    return all === 0 ? 0 : rounded(this.#sum(domain) / all, 100);
  }

  /** The strongest reasons for a domain in words, at most three, the strongest first; those from one place are one. */
  reasons(domain: Domain): string[] {
    const strongest = this.#reasons
      .filter((reason) => reason.domain === domain)
      .sort((a, b) => b.weight - a.weight)
      .slice(0, REASONS_NAMED);
    const places = new Map<string, string[]>();
    for (const { where, what } of strongest) places.set(where, [...(places.get(where) ?? []), what.slice(0, NAME_SHOWN)]);
    return [...places].map(([where, what]) => `${where} ${what.join(' and ')}`);
  }

  #sum(domain: Domain): number {
    return this.#sums.get(domain) ?? 0;
  }
}

/** Sums are rounded before they are compared, so that the order of adding decides no tie. */
function rounded(value: number, parts: number): number {
  return Math.round(value * parts) / parts;
}
