import { areaRegister } from '../areas/index.js';
import { allIndicators, formDefinition, publishedFigures } from '../figures/index.js';
import { canonicalJson, sha256 } from '../store/index.js';

/**
 * What the published numbers mean: indicators and forms as defined, figures that others published, and
 * the units and lineage they were counted in. It is published with them; a program whose own packs say
 * something else does not show them, for its pages would explain other numbers.
 */
export function definitionsOf(provinceCode: string) {
  const { units, edges } = areaRegister();
  const own = units.filter((unit) => unit.provinceCode === provinceCode);
  const codes = new Set(own.map((unit) => unit.code));
  const lineage = edges.filter(({ from, to }) => codes.has(from.code) || codes.has(to.code));
  return {
    indicators: allIndicators(),
    forms: ([1, 2, 3] as const).map(formDefinition),
    published: publishedFigures(provinceCode),
    ground: sha256(canonicalJson({ own, lineage })).toString('hex'),
  };
}
