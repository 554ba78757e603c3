import { z } from 'zod';
import { Problem } from '../kernel/index.js';
import { readPack } from '../packs/index.js';
import type { Action, Permission } from '../store/index.js';

const ACTIONS: readonly Action[] = ['read', 'propose', 'decide', 'publish'];
export const LEVELS = ['province', 'commune', 'village'] as const;

export type Level = (typeof LEVELS)[number];

const permission = z.custom<Permission>(
  (value) =>
    typeof value === 'string' &&
    /^[a-z-]+:[a-z]+$/.test(value) &&
    ACTIONS.some((action) => value.endsWith(`:${action}`)),
  `quyền viết dạng loại:${ACTIONS.join('|')}`,
);

const schema = z.strictObject({
  schema: z.literal('roles/1'),
  /** What a permission is called: "lập, sửa" + "sổ hộ". */
  kinds: z.record(z.string(), z.string().min(1)),
  actions: z.record(z.string(), z.string().min(1)),
  roles: z
    .array(
      z.strictObject({
        id: z.string().regex(/^[a-z_]{3,40}$/),
        label: z.string().min(1),
        levels: z.array(z.enum(LEVELS)).min(1),
        requiresTotp: z.boolean().default(false),
        /** May whoever holds it hand it to a colleague for a time? */
        delegable: z.boolean().default(true),
        /** May a colleague hand a role to whoever holds it? */
        receives: z.boolean().default(true),
        can: z.array(permission).min(1),
      }),
    )
    .min(1),
});

/** What a role allows, and at which level it is held. */
export type Role = z.output<typeof schema>['roles'][number];

let known: z.output<typeof schema> | undefined;

const pack = (): z.output<typeof schema> =>
  (known ??= readPack('national/access/roles.yaml', schema).data);

/** The roles of `packs/national/access/roles.yaml`, in its order. @throws Problem `pack-invalid` */
export const roles = (): readonly Role[] => pack().roles;

/** "duyệt trình danh sách đề nghị công nhận" */
export function permissionLabel(permission: Permission): string {
  const [kind = '', action = ''] = permission.split(':');
  const { kinds, actions } = pack();
  return `${actions[action] ?? action} ${kinds[kind] ?? kind}`;
}

/** `undefined` for a role that the pack no longer has: it allows nothing. */
export const findRole = (id: string): Role | undefined => roles().find((role) => role.id === id);

/** @throws Problem `role-unknown` naming the roles there are */
export function requireRole(id: string): Role {
  const role = findRole(id);
  if (role) return role;
  throw new Problem('refused', {
    code: 'role-unknown',
    what: `Không có vai trò "${id.slice(0, 40)}".`,
    todo: `Các vai trò: ${roles()
      .map((one) => `${one.id} (${one.label})`)
      .join(', ')}.`,
  });
}
