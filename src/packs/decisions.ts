import type { Condition, Fact, FactData, Facts, Rule, RuleData, State } from '../rules/index.js';
import {
  checkTable,
  classify,
  compileFacts,
  compileRule,
  parseCondition,
  readCitation,
  reduceMembers,
} from '../rules/index.js';
import type { Citation } from '../rules/index.js';
import type { Pack } from './read-pack.js';
import { invalidPack } from './read-pack.js';
import type { DecisionData, Validity } from './schemas.js';
import { checkValidity } from './validity.js';

export interface Indicator {
  id: string;
  /** The household fact it becomes: `deprived_emp`. */
  fact: string;
  dimension: string;
  label: string;
  /** That the standard has this indicator. */
  state: State;
  /** That it is measured as `deprivedWhen` says. */
  definition: State;
  citations: readonly Citation[];
}

/** A decision table in force for a time: a poverty standard, the vote of a village meeting. */
export interface DecisionPack {
  id: string;
  family: string;
  version: string;
  status: DecisionData['status'];
  label: string;
  path: string;
  hash: string;
  validity: Validity;
  /** Where the periods of validity stand in law, in the order of `validity.periods`. */
  periodCitations: readonly (readonly Citation[])[];
  rule: Rule;
  indicators: readonly Indicator[];
  memberFacts: ReadonlyMap<string, Fact>;
  householdFacts: ReadonlyMap<string, Fact>;
  /** Members and household as recorded → deprivation facts, three-valued. */
  reduce(household: Facts, members: readonly Facts[] | null): Facts;
}

/** The name under which results are stored: `PS-2022@2022.1#1a2b3c4d`. */
export const ruleVersion = ({ id, version, hash }: DecisionPack): string =>
  `${id}@${version}#${hash.slice(0, 8)}`;

/** @throws Problem when the table has a gap or an overlap, or when an example does not hold */
export function makeDecisionPack({ data, hash, path }: Pack<DecisionData>): DecisionPack {
  const rule = compileRule(ruleDataOf(data));
  const conditions = indicatorConditions(data, rule);
  const indicators = data.indicators.map((indicator) => ({
    ...indicator,
    fact: `deprived_${indicator.id}`,
    citations: indicator.cite.map((text) => readCitation(text, data.documents, path)),
  }));
  const pack: DecisionPack = {
    ...{ id: data.id, family: data.family, version: data.version, status: data.status },
    ...{ label: data.label, path, hash, validity: data.validity, rule, indicators },
    periodCitations: data.validity.periods.map(({ cite }) =>
      cite.map((text) => readCitation(text, data.documents, `${path} validity`)),
    ),
    memberFacts: compileFacts(data.memberFacts),
    householdFacts: compileFacts(data.householdFacts),
    reduce: (household, members) => {
      const truths = reduceMembers(rule, conditions, household, members);
      return Object.fromEntries([...truths].map(([id, truth]) => [`deprived_${id}`, truth]));
    },
  };
  checkValidity(pack);
  checkDecision(pack, data);
  return pack;
}

/** The rule with one boolean fact per indicator. */
function ruleDataOf(data: DecisionData): RuleData {
  const deprived: [string, FactData][] = data.indicators.map(({ id, label, state }) => [
    `deprived_${id}`,
    { kind: 'boolean', label, state, field: 'Phiếu B2' },
  ]);
  const { id, version, label, documents, parameters, define, outcomes, table } = data;
  const facts = { ...data.facts, ...Object.fromEntries(deprived) };
  return { id, version, label, documents, facts, parameters, define, outcomes, table };
}

function indicatorConditions(data: DecisionData, rule: Rule): Map<string, Condition | null> {
  const scope = {
    facts: compileFacts(data.householdFacts),
    members: compileFacts(data.memberFacts),
    parameters: rule.parameters,
    definitions: new Map<string, Condition>(),
  };
  return new Map(
    data.indicators.map(({ id, deprivedWhen }) => [
      id,
      deprivedWhen === null ? null : parseCondition(deprivedWhen, scope, `indicators.${id}`),
    ]),
  );
}

function checkDecision(pack: DecisionPack, data: DecisionData): void {
  const [fault] = checkTable(pack.rule);
  if (fault) {
    const what = fault.kind === 'gap' ? 'bỏ trống' : `hàng ${fault.rows.join(' và ')} chồng nhau`;
    throw invalidPack(pack.path, `bảng quyết định ${what} khi ${fault.where}`);
  }
  for (const { given, expect } of data.examples) {
    checkNames(pack, given, pack.rule.facts);
    const found = classify(pack.rule, given);
    if (found !== expect) throw brokenExample(pack, given, expect, found);
  }
  for (const example of data.indicatorExamples) {
    const { indicator, household = {}, members, expect } = example;
    checkNames(pack, household, pack.householdFacts);
    for (const member of members ?? []) checkNames(pack, member, pack.memberFacts);
    const found = pack.reduce(household, members ?? null)[`deprived_${indicator}`];
    if (found !== expect) throw brokenExample(pack, example, expect, found);
  }
}

function checkNames(pack: DecisionPack, facts: Facts, known: ReadonlyMap<string, Fact>): void {
  const stranger = Object.keys(facts).find((id) => !known.has(id));
  if (stranger !== undefined) {
    throw invalidPack(pack.path, `ví dụ dùng dữ kiện "${stranger}" không khai báo`);
  }
}

function brokenExample(pack: DecisionPack, given: unknown, expected: unknown, found: unknown) {
  const example = JSON.stringify(given);
  return invalidPack(pack.path, `ví dụ ${example} phải cho ${String(expected)}, nay là ${String(found)}`);
}
