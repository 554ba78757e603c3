export { basisOfRef, rowsBehind } from './rows-behind.js';
export type { RefBasis, RowBehind } from './rows-behind.js';
export { bridge } from './bridge.js';
export type { BridgeQuery } from './bridge.js';
export { boundaryBridge } from './boundary-bridge.js';
export type { BoundaryBridgeQuery } from './boundary-bridge.js';
export { publicBoundaryBridge } from './disclosure/public-boundary-bridge.js';
export { cached } from './cache.js';
export { breakdown, figure, indicatorCode } from './figure.js';
export { GROUPING_TITLE, groupLabel } from './group-labels.js';
export { form, formNumber } from './forms/form.js';
export type { FormNumber } from './forms/form.js';
export { readInstance } from './instance.js';
export type { Round } from './instance.js';
export {
  allIndicators,
  formDefinition,
  indicatorDefinition,
  publishedFigures,
} from './pack-files.js';
export type { FormDefinition, IndicatorDefinition } from './pack-files.js';
export { series, seriesOf } from './series.js';
export type { SeriesQuery } from './series.js';
export * from './types.js';
export { publicBreakdown, publicFigure, publicSeries } from './disclosure/public-figures.js';
export { publicDoor } from './disclosure/public-door.js';
export type { PublicDoor } from './disclosure/public-door.js';
export { boundaryEras, dayOfEra, eraOf } from './disclosure/eras.js';
export * from './disclosure/questions.js';
export { publicBridge, publicForm } from './disclosure/public-forms.js';
export { publishable } from './disclosure/publishable.js';
export type { PublicCell } from './disclosure/publishable.js';
export { csvField, formCsv } from './export/form-csv.js';
export { writeXlsx } from './export/xlsx-writer.js';
export { seriesCsv } from './export/series-csv.js';
export { formXlsx } from './export/form-xlsx.js';
export { pivot, pivotStatement } from './pivot.js';
export type { PivotCell } from './pivot.js';
export { figureInputs } from './inputs.js';
