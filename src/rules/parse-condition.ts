import type { Amount, Atom, Condition, Fact, Measure, Parameter, Relation } from './model.js';
import { RuleError } from './rule-error.js';
import type { AmountData, ConditionData, MeasureData } from './rule-data.js';

/** The names a condition may use. `members` is null where members cannot be asked. */
export interface Scope {
  facts: ReadonlyMap<string, Fact>;
  parameters: ReadonlyMap<string, Parameter>;
  definitions: ReadonlyMap<string, Condition>;
  members: ReadonlyMap<string, Fact> | null;
}

const RELATIONS: ReadonlySet<string> = new Set(['lt', 'lte', 'gt', 'gte']);
const isRelation = (name: string): name is Relation => RELATIONS.has(name);

/** The columns form keeps a count in one byte. */
const MOST_COUNTED = 255;

type NotKeyed<T extends Atom> = T extends Atom ? Omit<T, 'key'> : never;
const keyed = (atom: NotKeyed<Atom>): Atom => ({ ...atom, key: JSON.stringify(atom) });

/** @throws RuleError naming the place (`table.0.when.all.1`) of an unknown name or a wrong type */
export function parseCondition(data: ConditionData, scope: Scope, path: string): Condition {
  if (typeof data === 'string') return parseName(data, scope, path);
  const entries = Object.entries(data as Record<string, unknown>);
  const [operator, operands] = entries[0] ?? ['', null];
  if (entries.length !== 1) throw new RuleError(path, 'một điều kiện có đúng một phép toán');
  const here = `${path}.${operator}`;
  if (isRelation(operator)) {
    const [measure, amount] = operands as [MeasureData, AmountData];
    return keyed({
      op: 'compare',
      measure: parseMeasure(measure, scope, here),
      relation: operator,
      amount: parseAmount(amount, scope, here),
    });
  }
  switch (operator) {
    case 'all':
    case 'any':
    case 'agree':
      return { op: operator, parts: parseParts(operands, scope, here) };
    case 'not':
    case 'proven':
      return { op: operator, part: parseCondition(operands as ConditionData, scope, here) };
    default:
      return parseQuestion(operator, operands, scope, here);
  }
}

function parseParts(operands: unknown, scope: Scope, path: string): Condition[] {
  const parts = operands as ConditionData[];
  if (!Array.isArray(parts) || parts.length === 0) throw new RuleError(path, 'cần ít nhất một vế');
  return parts.map((part, index) => parseCondition(part, scope, `${path}.${index}`));
}

function parseQuestion(operator: string, operands: unknown, scope: Scope, path: string): Atom {
  switch (operator) {
    case 'is': {
      const [fact, value] = operands as [string, string];
      const known = factOf(fact, 'enum', scope, path);
      if (known.kind !== 'enum' || !known.values.has(value)) {
        throw new RuleError(path, `"${value}" không phải giá trị của "${fact}"`);
      }
      return keyed({ op: 'is', fact, value });
    }
    case 'atLeast': {
      const [amount, facts] = operands as [AmountData, string[]];
      if (facts.length > MOST_COUNTED) throw new RuleError(path, 'đếm quá nhiều dữ kiện');
      for (const fact of facts) factOf(fact, 'boolean', scope, path);
      if (new Set(facts).size !== facts.length)
        throw new RuleError(path, 'một dữ kiện đếm hai lần');
      return keyed({ op: 'atLeast', amount: parseAmount(amount, scope, path), facts });
    }
    case 'someMember':
      return keyed({ op: 'someMember', where: parseMember(operands, scope, path) });
    case 'memberShare': {
      const { where, gt } = operands as { where: ConditionData; gt: number };
      const parsed = parseMember(where, scope, path);
      return keyed({ op: 'memberShare', where: parsed, relation: 'gt', share: gt });
    }
    default:
      throw new RuleError(path, `phép toán "${operator}" không có trong ngôn ngữ`);
  }
}

function parseMember(where: unknown, scope: Scope, path: string): Condition {
  if (!scope.members) throw new RuleError(path, 'chỉ chỉ số thiếu hụt mới hỏi đến thành viên');
  const inside = { ...scope, facts: scope.members, definitions: new Map(), members: null };
  return parseCondition(where as ConditionData, inside, path);
}

function parseName(name: string, scope: Scope, path: string): Condition {
  const definition = scope.definitions.get(name);
  if (definition) return definition;
  factOf(name, 'boolean', scope, path);
  return keyed({ op: 'fact', fact: name });
}

function parseMeasure(data: MeasureData, scope: Scope, path: string): Measure {
  if (typeof data === 'string') {
    factOf(data, 'number', scope, path);
    return { kind: 'fact', fact: data };
  }
  const [over, under] = data.ratio;
  factOf(over, 'number', scope, path);
  factOf(under, 'number', scope, path);
  return { kind: 'ratio', over, under };
}

function parseAmount(data: AmountData, scope: Scope, path: string): Amount {
  if (typeof data === 'number') {
    if (!Number.isFinite(data)) throw new RuleError(path, 'ngưỡng phải là số hữu hạn');
    return { kind: 'number', value: data };
  }
  const id = typeof data === 'string' ? data : data.keyed;
  if (!scope.parameters.has(id)) throw new RuleError(path, `không có tham số "${id}"`);
  return { kind: 'parameter', id, needsKeyed: typeof data !== 'string' };
}

function factOf(id: string, kind: Fact['kind'], scope: Scope, path: string): Fact {
  const fact = scope.facts.get(id);
  if (!fact) throw new RuleError(path, `không có dữ kiện hay định nghĩa "${id}"`);
  if (fact.kind !== kind) throw new RuleError(path, `"${id}" là ${fact.kind}, ở đây cần ${kind}`);
  return fact;
}
