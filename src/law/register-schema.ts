import { z } from 'zod';
import type { PlainDate } from '../kernel/index.js';
import { parsePlainDate } from '../kernel/index.js';
import { RELATIONS } from './document.js';
import { DOCUMENT_TYPES } from './symbols.js';

const date = z.string().transform((text, ctx): PlainDate => {
  const parsed = parsePlainDate(text);
  if (parsed) return parsed;
  ctx.addIssue({ code: 'custom', message: `không phải một ngày: ${text}` });
  return z.NEVER;
});

const number = z.string().min(3).optional();

const relation = z
  .strictObject({
    amends: number,
    replaces: number,
    extends: number,
    corrects: number,
    consolidates: number,
    based_on: number,
    issued: date.optional(),
    note: z.string().optional(),
  })
  .transform((row, ctx) => {
    const named = RELATIONS.flatMap((kind) => {
      const older = row[kind];
      return older === undefined ? [] : [{ kind, number: older }];
    });
    const [only] = named;
    if (only && named.length === 1) return { ...only, issued: row.issued, note: row.note };
    ctx.addIssue({ code: 'custom', message: `cần đúng một trong ${RELATIONS.join(', ')}` });
    return z.NEVER;
  });

/** Shape of `packs/national/documents/*.yaml`; the fields are explained in poverty.yaml. */
export const documentsPack = z.strictObject({
  documents: z.array(
    z.strictObject({
      number: z.string().min(3),
      type: z.enum(DOCUMENT_TYPES).optional(),
      issuer: z.string().nullable().optional(),
      issued: date.nullable(),
      title: z.string().optional(),
      from: date.optional(),
      ended: date.optional(),
      state: z.enum(['verified', 'unverified']),
      source: z.string(),
      note: z.string().optional(),
      relations: z.array(relation).optional(),
    }),
  ),
});

export type DocumentRow = z.infer<typeof documentsPack>['documents'][number];
