export type { Edition, EditionHead } from './edition.js';
export { exportEdition } from './export-edition.js';
export type { ExportHead, Exported } from './export-edition.js';
export { databaseSource, fileSource } from './public-source.js';
export type { EditionSource, PublicSource, PublicView, SourceOptions } from './public-source.js';
export { publish } from './publish.js';
export type { PublishOptions, Published } from './publish.js';
export { readExport } from './read-export.js';
