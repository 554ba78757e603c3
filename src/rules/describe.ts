import { formatDecimal } from '../kernel/index.js';
import type { Amount, Condition, Measure, Relation, Rule, State } from './model.js';
import { capital, citationText } from './sentences.js';
import { STATE_LABEL } from './states.js';

/** A rule in words, for people who check it against the text of the law. */
export interface RuleDescription {
  parameters: { id: string; sentence: string; state: State; articles: string[] }[];
  definitions: { id: string; sentence: string }[];
  rows: { outcome: string; sentence: string; articles: string[] }[];
}

const SIGN: Record<Relation, string> = { lt: '<', lte: '≤', gt: '>', gte: '≥' };

export function describeRule(rule: Rule): RuleDescription {
  const parameters = [...rule.parameters.values()].flatMap((parameter) =>
    [...parameter.cells].map(([key, cell]) => {
      const place = key === '' ? '' : `, ${rule.splitBy?.values.get(key) ?? key}`;
      const unit = parameter.unit === null ? '' : ` ${parameter.unit}`;
      const value = cell.value === null ? '' : `${formatDecimal(String(cell.value))}${unit} – `;
      return {
        id: key === '' ? parameter.id : `${parameter.id}.${key}`,
        sentence: `${capital(parameter.label)}${place}: ${value}${STATE_LABEL[cell.state]}.`,
        state: cell.state,
        articles: cell.citations.map(citationText),
      };
    }),
  );
  const rows = rule.rows.map(({ outcome, when, citations }) => ({
    outcome,
    sentence: `${capital(rule.outcomeLabels.get(outcome) ?? outcome)} khi ${words(rule, when)}.`,
    articles: citations.map(citationText),
  }));
  const definitions = [...rule.definitions].map(([id, condition]) => {
    const label = rule.definitionLabels.get(condition) ?? id;
    return { id, sentence: `“${capital(label)}”: ${expanded(rule, condition)}.` };
  });
  return { parameters, definitions, rows };
}

const words = (rule: Rule, condition: Condition): string => {
  const label = rule.definitionLabels.get(condition);
  return label === undefined ? expanded(rule, condition) : `“${label}”`;
};

function expanded(rule: Rule, condition: Condition): string {
  const list = (parts: readonly Condition[], glue: string) =>
    parts.map((part) => bracketed(rule, part)).join(glue);
  switch (condition.op) {
    case 'all':
      return list(condition.parts, ' và ');
    case 'any':
      return list(condition.parts, ' hoặc ');
    case 'agree':
      return `${list(condition.parts, '; hoặc ')} – các nguồn đã biết phải khớp nhau`;
    case 'not':
      return `không ${bracketed(rule, condition.part)}`;
    case 'proven':
      return `chứng minh được ${bracketed(rule, condition.part)}`;
    case 'compare':
      return `${measureWords(rule, condition.measure)} ${SIGN[condition.relation]} ${amountWords(rule, condition.amount)}`;
    case 'is':
      return isWords(rule, condition.fact, condition.value);
    case 'fact':
      return rule.facts.get(condition.fact)?.label ?? condition.fact;
    case 'atLeast':
      return `trong ${condition.facts.length} chỉ số, số thiếu hụt ≥ ${amountWords(rule, condition.amount)}`;
    default:
      return 'có thành viên như đã nêu';
  }
}

function isWords(rule: Rule, id: string, value: string): string {
  const fact = rule.facts.get(id);
  const label = fact?.kind === 'enum' ? fact.values.get(value) : undefined;
  return `${fact?.label ?? id} là ${label ?? value}`;
}

function bracketed(rule: Rule, condition: Condition): string {
  const text = words(rule, condition);
  const isNamed = rule.definitionLabels.has(condition);
  return !isNamed && ['all', 'any', 'agree'].includes(condition.op) ? `(${text})` : text;
}

function amountWords(rule: Rule, amount: Amount): string {
  if (amount.kind === 'number') return formatDecimal(String(amount.value));
  return rule.parameters.get(amount.id)?.label ?? amount.id;
}

function measureWords(rule: Rule, measure: Measure): string {
  const label = (id: string) => rule.facts.get(id)?.label ?? id;
  if (measure.kind === 'fact') return label(measure.fact);
  return `${label(measure.over)} / ${label(measure.under)}`;
}
