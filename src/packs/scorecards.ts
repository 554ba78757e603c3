import type { Condition, Rule, Scorecard } from '../rules/index.js';
import { compileFacts, parseCondition, readCitation } from '../rules/index.js';
import type { Pack } from './read-pack.js';
import { invalidPack } from './read-pack.js';
import type { ScorecardData, Validity } from './schemas.js';
import { checkValidity } from './validity.js';

export interface ScorecardPack {
  id: string;
  family: string;
  path: string;
  hash: string;
  validity: Validity;
  card: Scorecard;
}

/** @throws Problem when a cell names no stratum, or names or types do not fit */
export function makeScorecardPack({ data, hash, path }: Pack<ScorecardData>): ScorecardPack {
  const facts = compileFacts(data.facts);
  const nothing: Pick<Rule, 'parameters' | 'definitions'> = {
    parameters: new Map(),
    definitions: new Map(),
  };
  const parse = (when: Parameters<typeof parseCondition>[0], at: string): Condition =>
    parseCondition(when, { facts, members: null, ...nothing }, at);
  const strata = new Map(Object.entries(data.strata.values));
  const items = data.items.map((item) => ({
    id: item.id,
    label: item.label,
    state: item.state,
    skipWhen: item.skipWhen === undefined ? null : parse(item.skipWhen, `items.${item.id}`),
    zeroWhen: item.zeroWhen === undefined ? null : parse(item.zeroWhen, `items.${item.id}`),
    options: item.options.map((option) => {
      const at = `items.${item.id}.${option.id}`;
      const cells = Object.keys(option.points);
      const complete = cells.length === strata.size && cells.every((key) => strata.has(key));
      if (!complete) throw invalidPack(path, `${at}: mỗi vùng đúng một ô điểm`);
      return {
        id: option.id,
        label: option.label,
        state: option.state,
        when: parse(option.when, at),
        points: new Map(Object.entries(option.points)),
      };
    }),
  }));
  const citations = data.cite.map((text) => readCitation(text, data.documents, path));
  const { id, version, label, family, validity } = data;
  const pack = {
    ...{ id, family, path, hash, validity },
    card: { id, version, label, rule: { facts }, strata, citations, items },
  };
  checkValidity(pack);
  return pack;
}
