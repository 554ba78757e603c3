import { readPack } from '../packs/index.js';
import type { DocumentRegister } from './document-register.js';
import { createDocumentRegister } from './document-register.js';
import { documentsPack } from './register-schema.js';

const FILES = ['poverty', 'programme', 'areas', 'general', 'local'];

let cached: DocumentRegister | null = null;

/** The register of `packs/national/documents`. */
export function documentRegister(): DocumentRegister {
  cached ??= createDocumentRegister(
    FILES.flatMap(
      (name) => readPack(`national/documents/${name}.yaml`, documentsPack).data.documents,
    ),
  );
  return cached;
}
