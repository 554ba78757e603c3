import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Citation, Scorecard } from '../rules/index.js';
import { makeDecisionPack } from './decisions.js';
import type { DecisionPack } from './decisions.js';
import { ethnicGroupsSchema, makeEthnicGroups } from './ethnic-groups.js';
import type { EthnicGroups } from './ethnic-groups.js';
import { packsRoot, readPack } from './read-pack.js';
import { decisionSchema, scorecardSchema } from './schemas.js';
import { makeScorecardPack } from './scorecards.js';
import type { ScorecardPack } from './scorecards.js';
import { checkFamily, periodAt } from './validity.js';

/** A document that a pack leans on, for the law room to look up. */
export interface PackCitation extends Citation {
  /** The pack file: `national/poverty-standards/ps-2022.yaml`. */
  path: string;
}

export interface Packs {
  /** Poverty standards, oldest first. */
  standards: readonly DecisionPack[];
  standard(id: string): DecisionPack | undefined;
  /** The standard whose status years hold this effect year (review round + 1), or undefined. */
  standardFor(effectYear: number): DecisionPack | undefined;
  /** Other decision tables, by id: the vote of a village meeting. */
  procedures: readonly DecisionPack[];
  scorecards: readonly ScorecardPack[];
  /** The B1 card for an effect year; undefined where none was issued as far as is known. */
  scorecardFor(effectYear: number): Scorecard | undefined;
  ethnicGroups: EthnicGroups;
  /** Every document cited by the national packs loaded here. */
  citations(): readonly PackCitation[];
}

const cache = new Map<string, Packs>();

/**
 * Reads and proves the national packs: shapes, validity without gap or overlap, tables complete and
 * disjoint, examples true. Cached for the life of the process.
 * @throws Problem naming the file and the fault
 */
export function loadPacks(root = packsRoot()): Packs {
  const known = cache.get(root);
  if (known) return known;
  const packs = readAll(root);
  cache.set(root, packs);
  return packs;
}

function filesIn(root: string, folder: string): string[] {
  const names = readdirSync(join(root, folder)).filter((name) => name.endsWith('.yaml'));
  return names.sort().map((name) => `${folder}/${name}`);
}

function readAll(root: string): Packs {
  const decisions = (folder: string) =>
    filesIn(root, folder).map((path) => readPack(path, decisionSchema, root));
  const standardFiles = decisions('national/poverty-standards');
  const procedureFiles = decisions('national/procedures');
  const cardFiles = filesIn(root, 'national/scorecards').map((path) =>
    readPack(path, scorecardSchema, root),
  );
  const groupsFile = readPack('national/ethnic-groups/groups.yaml', ethnicGroupsSchema, root);
  const standards = standardFiles.map(makeDecisionPack);
  const procedures = procedureFiles.map(makeDecisionPack);
  const scorecards = cardFiles.map(makeScorecardPack);
  for (const [family, members] of byFamily([...standards, ...procedures, ...scorecards])) {
    checkFamily(family, members);
  }
  const citations = [...standardFiles, ...procedureFiles, ...cardFiles, groupsFile].flatMap(
    ({ data, path }) =>
      Object.values(data.documents).map(({ number, issued }) => ({
        ...{ document: number, issued, article: null, path },
      })),
  );
  return {
    standards,
    procedures,
    scorecards,
    standard: (id) => standards.find((pack) => pack.id === id),
    standardFor: (year) => standards.find(({ validity }) => periodAt(validity, year)),
    scorecardFor: (year) => scorecards.find(({ validity }) => periodAt(validity, year))?.card,
    ethnicGroups: makeEthnicGroups(groupsFile),
    citations: () => citations,
  };
}

function byFamily<T extends { family: string }>(packs: readonly T[]): Map<string, T[]> {
  const families = new Map<string, T[]>();
  for (const pack of packs) {
    families.set(pack.family, [...(families.get(pack.family) ?? []), pack]);
  }
  return families;
}
