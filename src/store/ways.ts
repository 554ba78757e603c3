import type pg from 'pg';
import { Problem } from '../kernel/index.js';
import type { Store } from './types.js';

/** Runs `use` on one connection of its own. */
export type As = <T>(use: (client: pg.Client) => Promise<T>) => Promise<T>;

/** Ways past the restricted role that this process has, beside serving; `null` = none. */
export interface Ways {
  /** Holds the schema. */
  asOwner: As | null;
  /** May read every row and write none (`thonban_backup`), else the owner. */
  asReader: As | null;
}

const ways = new WeakMap<Store, Ways>();

export const rememberWays = (store: Store, known: Ways): void => void ways.set(store, known);

export const hasOwner = (store: Store): boolean => ways.get(store)?.asOwner != null;

/** As the owner of the tables: never to answer a request. @throws Problem `owner-needed` */
export async function asOwner<T>(store: Store, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const as = ways.get(store)?.asOwner;
  if (as) return as(use);
  throw new Problem('environment', {
    code: 'owner-needed',
    what: 'Việc này cần quyền của chủ cơ sở dữ liệu.',
    why: 'DATABASE_URL là tài khoản bị hạn chế.',
    todo: 'Đặt thêm DATABASE_ADMIN_URL rồi chạy lại.',
  });
}

/** As somebody who sees every row, to check or copy it. @throws Problem `reader-needed` */
export async function asReader<T>(
  store: Store,
  use: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const as = ways.get(store)?.asReader;
  if (as) return as(use);
  throw new Problem('environment', {
    code: 'reader-needed',
    what: 'Việc này cần một tài khoản cơ sở dữ liệu được đọc mọi dòng.',
    why: 'DATABASE_URL chỉ thấy dòng thuộc phạm vi của người đang làm việc.',
    todo: 'Đặt thêm DATABASE_BACKUP_URL (vai trò thonban_backup) hoặc DATABASE_ADMIN_URL.',
  });
}
