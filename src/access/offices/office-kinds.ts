import { z } from 'zod';
import { Problem } from '../../kernel/index.js';
import { readPack } from '../../packs/index.js';
import { LEVELS } from '../roles.js';
import type { Level } from '../roles.js';

const id = z.string().regex(/^[a-z_]{3,40}$/);

const schema = z.strictObject({
  schema: z.literal('office-kinds/1'),
  kinds: z
    .array(
      z.strictObject({
        id,
        label: z.string().min(1),
        levels: z.array(z.enum(LEVELS)).min(1),
        parent: id.optional(),
        name: z.string().includes('{unit}').optional(),
        roles: z.array(id).min(1),
        note: z.string().optional(),
      }),
    )
    .min(1),
});

/** A kind of office, and the roles that are held in it. */
export type OfficeKind = z.output<typeof schema>['kinds'][number];

let known: readonly OfficeKind[] | undefined;

/** The kinds of `packs/national/access/offices.yaml`, in its order. @throws Problem `pack-invalid` */
export const officeKinds = (): readonly OfficeKind[] =>
  (known ??= readPack('national/access/offices.yaml', schema).data.kinds);

export const findOfficeKind = (kind: string): OfficeKind | undefined =>
  officeKinds().find((one) => one.id === kind);

/** @throws Problem `office-kind-unknown` naming the kinds there are */
export function requireOfficeKind(kind: string): OfficeKind {
  const found = findOfficeKind(kind);
  if (found) return found;
  throw new Problem('refused', {
    code: 'office-kind-unknown',
    what: `Không có loại cơ quan "${kind.slice(0, 40)}".`,
    todo: `Các loại: ${officeKinds()
      .map((one) => `${one.id} (${one.label})`)
      .join(', ')}.`,
  });
}

/**
 * The kind of office in which a role over a unit of this level is held, unless another one is named.
 * @throws Problem `pack-invalid` for a role that no kind holds
 */
export function kindForRole(role: string, level: Level): OfficeKind {
  const kind = officeKinds().find((one) => one.roles.includes(role) && one.levels.includes(level));
  if (kind) return kind;
  throw new Problem('environment', {
    code: 'pack-invalid',
    what: `Không loại cơ quan nào giữ vai trò "${role}" ở cấp ${level}.`,
    todo: 'Sửa packs/national/access/offices.yaml.',
  });
}

/** @throws Problem `role-not-in-office` */
export function checkRoleInOffice(role: { id: string; label: string }, kind: OfficeKind): void {
  if (kind.roles.includes(role.id)) return;
  throw new Problem('refused', {
    code: 'role-not-in-office',
    what: `Vai trò "${role.label}" không giữ ở loại cơ quan "${kind.label}".`,
    todo: `Vai trò giữ được ở đó: ${kind.roles.join(', ')}.`,
  });
}
