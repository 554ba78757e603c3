import { appendFileSync } from 'node:fs';

/** Counts what was tried and keeps what leaked. */
export class Tally {
  tried = 0;
  readonly leaks: string[] = [];
  /** Addresses at which each relation was tried, by role. */
  readonly #tried = new Map<string, Map<string, Set<string>>>();

  try(roles: readonly string[], address: string, relation: string): void {
    this.tried += 1;
    for (const role of roles) this.note(role, address, relation);
  }

  /** Remembers it without counting it once more. */
  note(role: string, address: string, relation: string): void {
    const ofRole = this.#tried.get(role) ?? new Map<string, Set<string>>();
    this.#tried.set(role, ofRole);
    const relations = ofRole.get(address) ?? new Set();
    ofRole.set(address, relations.add(relation));
  }

  /** Was this not yet tried with each of these roles? */
  isNew(roles: readonly string[], address: string, relation: string): boolean {
    return roles.some((role) => !this.#tried.get(role)?.get(address)?.has(relation));
  }

  /** The addresses that a role asked. */
  addressesOf(role: string): string[] {
    return [...(this.#tried.get(role)?.keys() ?? [])];
  }

  /** The relations that a role was tried in, or that anybody was. */
  relationsOf(role?: string): Set<string> {
    const all = [...this.#tried].filter(([name]) => role === undefined || name === role);
    return new Set(all.flatMap(([, ofRole]) => [...ofRole.values()].flatMap((one) => [...one])));
  }

  leak(text: string): void {
    this.leaks.push(text);
  }

  /** What a failing test shows: the first leaks of each kind, not thousands of the same. */
  shown(most = 40): string[] {
    const more = this.leaks.length - most;
    return more > 0 ? [...this.leaks.slice(0, most), `… and ${more} more`] : [...this.leaks];
  }

  /** Hands the sums to whoever started the run. */
  report(part: string, file = process.env['THONBAN_ACCESS_REPORT']): void {
    const { tried, leaks } = this;
    if (file) appendFileSync(file, `${JSON.stringify({ part, tried, leaks })}\n`);
    else console.log(`${part}: ${tried} tried, ${leaks.length} leaks`);
  }
}
