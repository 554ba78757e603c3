import { appendFileSync } from 'node:fs';

/** Counts what was tried and keeps what leaked. */
export class Tally {
  tried = 0;
  readonly leaks: string[] = [];
  /** How often each relation was tried, by role. */
  readonly relations = new Map<string, Map<string, number>>();

  try(roles: readonly string[], relation: string): void {
    this.tried += 1;
    for (const role of roles) {
      const known = this.relations.get(role) ?? new Map<string, number>();
      this.relations.set(role, known);
      known.set(relation, (known.get(relation) ?? 0) + 1);
    }
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
    const line = JSON.stringify({ part, tried: this.tried, leaks: this.leaks.length });
    if (file) appendFileSync(file, `${line}\n`);
    else console.log(line);
  }
}
