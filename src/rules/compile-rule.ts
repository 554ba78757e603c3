import type { Citation, Condition, EnumFact, Fact, Parameter, Rule } from './model.js';
import { NOT_COMPUTABLE } from './model.js';
import type { DocumentData, FactData, ParameterData, RuleData } from './rule-data.js';
import type { Scope } from './parse-condition.js';
import { parseCondition } from './parse-condition.js';
import { RuleError } from './rule-error.js';

/**
 * Parses plain rule data into a rule whose every name and type is checked.
 * @throws RuleError with the place in the data
 */
export function compileRule(data: RuleData): Rule {
  const facts = compileFacts(data.facts);
  const parameters = compileParameters(data, facts);
  const definitions = new Map<string, Condition>();
  const definitionLabels = new Map<Condition, string>();
  const scope: Scope = { facts, parameters, definitions, members: null };
  for (const [name, { label, when }] of Object.entries(data.define)) {
    if (facts.has(name)) throw new RuleError(`define.${name}`, 'tên đã dùng cho một dữ kiện');
    const condition = parseCondition(when, scope, `define.${name}`);
    definitions.set(name, condition);
    definitionLabels.set(condition, label);
  }
  const rows = data.table.map((row, index) => {
    const path = `table.${index}`;
    if (!(row.then in data.outcomes))
      throw new RuleError(path, `kết quả "${row.then}" chưa có nhãn`);
    const citations = row.cite.map((text) => readCitation(text, data.documents, `${path}.cite`));
    return { outcome: row.then, when: parseCondition(row.when, scope, `${path}.when`), citations };
  });
  if (rows.length === 0) throw new RuleError('table', 'bảng quyết định trống');
  const outcomes = [...new Set(rows.map((row) => row.outcome)), NOT_COMPUTABLE];
  const { id, version, label } = data;
  const outcomeLabels = new Map(Object.entries(data.outcomes));
  const splitBy = splitFact(parameters, facts);
  return {
    id,
    version,
    label,
    facts,
    parameters,
    definitions,
    definitionLabels,
    rows,
    outcomes,
    outcomeLabels,
    splitBy,
  };
}

export function compileFacts(data: Readonly<Record<string, FactData>>): Map<string, Fact> {
  const facts = new Map<string, Fact>();
  for (const [id, fact] of Object.entries(data)) {
    const base = {
      id,
      label: fact.label,
      field: fact.field ?? null,
      state: fact.state ?? 'verified',
    };
    if (fact.kind === 'boolean') facts.set(id, { ...base, kind: 'boolean' });
    else if (fact.kind === 'enum') {
      const values = new Map(Object.entries(fact.values ?? {}));
      if (values.size === 0) throw new RuleError(`facts.${id}`, 'thiếu danh sách giá trị');
      facts.set(id, { ...base, kind: 'enum', values });
    } else {
      const { unit = null, min = null, max = null, multipleOf = null } = fact;
      facts.set(id, { ...base, kind: 'number', unit, min, max, multipleOf });
    }
  }
  return facts;
}

/** `nd07#3` → the document under the key `nd07`, article 3. */
export function readCitation(
  text: string,
  documents: Readonly<Record<string, DocumentData>>,
  path: string,
): Citation {
  const [key = '', article = null] = text.split('#');
  const document = documents[key];
  if (!document) throw new RuleError(path, `văn bản "${key}" không có trong mục documents`);
  return { document: document.number, issued: document.issued, article };
}

function compileParameters(data: RuleData, facts: ReadonlyMap<string, Fact>) {
  const parameters = new Map<string, Parameter>();
  for (const [id, parameter] of Object.entries(data.parameters)) {
    const by = parameter.by ?? null;
    checkCells(id, parameter, by, facts);
    const cells = new Map(
      Object.entries(parameter.cells).map(([key, { value, state, cite }]) => {
        const path = `parameters.${id}.${key}`;
        if ((value === null) !== (state === 'absent')) {
          throw new RuleError(path, 'giá trị null đi với trạng thái absent, và chỉ khi ấy');
        }
        if (cite.length === 0) throw new RuleError(path, 'giá trị nào cũng phải dẫn văn bản');
        const citations = cite.map((text) => readCitation(text, data.documents, path));
        return [by === null ? '' : key, { value, state, citations }];
      }),
    );
    parameters.set(id, { id, label: parameter.label, unit: parameter.unit ?? null, by, cells });
  }
  return parameters;
}

function checkCells(
  id: string,
  parameter: ParameterData,
  by: string | null,
  facts: ReadonlyMap<string, Fact>,
): void {
  const fact = by === null ? null : facts.get(by);
  const expected = by === null ? ['any'] : fact?.kind === 'enum' ? [...fact.values.keys()] : [];
  const given = Object.keys(parameter.cells);
  const same = expected.length === given.length && expected.every((key) => given.includes(key));
  if (!same) {
    throw new RuleError(`parameters.${id}`, `các ô phải đúng là: ${expected.join(', ') || '?'}`);
  }
}

function splitFact(
  parameters: ReadonlyMap<string, Parameter>,
  facts: ReadonlyMap<string, Fact>,
): EnumFact | null {
  const names = new Set([...parameters.values()].flatMap(({ by }) => by ?? []));
  if (names.size > 1)
    throw new RuleError('parameters', 'các tham số phải chọn ô theo cùng dữ kiện');
  const fact = facts.get([...names][0] ?? '');
  return fact?.kind === 'enum' ? fact : null;
}
