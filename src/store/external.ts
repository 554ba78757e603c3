import pg from 'pg';
import { Problem, systemReason } from '../kernel/index.js';
import { LOCKS } from './locks.js';
import {
  APP_ROLE,
  BACKUP_ROLE,
  OWNER_ROLE,
  PUBLIC_ROLE,
  PUBLISHER_ROLE,
  ensurePublicRoles,
  ensureRole,
  grantDatabase,
} from './launcher/roles.js';
import { closeFunctions, limitPublicLogin } from './launcher/narrow-public.js';
import { migrate, pendingMigrations, readMigrations } from './migrate.js';
import { problemOfSql } from './sql-problems.js';
import type { OnProgress } from './types.js';

/** Oldest PostgreSQL whose SQL we write. */
const MINIMUM_MAJOR = 15;

export interface ExternalUrls {
  /** DATABASE_URL */
  appUrl: string;
  /** DATABASE_ADMIN_URL */
  adminUrl: string | undefined;
  /** DATABASE_PUBLIC_URL: with an administrator its role is made too. */
  publicUrl: string | undefined;
}

/**
 * Prepares a PostgreSQL that somebody else runs. With `adminUrl` (needed once and after an update) the
 * roles are made and the schema is brought forward; without it the schema must be there already.
 * Serving with rights that pass row security by is refused.
 */
export async function prepareExternal(
  { appUrl, adminUrl, publicUrl }: ExternalUrls,
  onProgress?: OnProgress,
): Promise<void> {
  if (adminUrl) {
    await withUrl(adminUrl, (admin) => setUp(admin, appUrl, publicUrl, onProgress));
  }
  await withUrl(appUrl, async (app) => {
    await refuseOldServer(app);
    await refusePower(app);
    await refuseMissingSchema(app);
  });
}

/** Runs `use` on one connection; a refused login or an unreadable URL is a `Problem`. */
export async function withUrl<T>(url: string, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = clientOf(url);
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await use(client);
  } catch (error) {
    throw refusedLogin(error) ?? problemOfSql(error);
  } finally {
    await client.end().catch(() => undefined);
  }
}

function clientOf(url: string): pg.Client {
  try {
    return new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  } catch (error) {
    // The message of the driver would show the password.
    throw new Problem('environment', {
      code: 'bad-database-url',
      what: 'Không đọc được DATABASE_URL, DATABASE_ADMIN_URL hoặc DATABASE_PUBLIC_URL.',
      why: error instanceof Error && 'code' in error ? String(error.code) : '',
      todo: 'Viết theo dạng postgres://tên:mật-khẩu@máy:5432/cơ-sở-dữ-liệu (ký tự lạ viết dạng %XX).',
    });
  }
}

async function setUp(
  admin: pg.Client,
  appUrl: string,
  publicUrl: string | undefined,
  onProgress?: OnProgress,
): Promise<void> {
  await refuseOldServer(admin);
  await admin.query(`select pg_advisory_lock(${LOCKS.roles})`);
  try {
    await ensureRole(admin, OWNER_ROLE, null);
    await ensureRole(admin, BACKUP_ROLE, null);
    await ensurePublicRoles(admin, null);
    await ensureLogin(admin, APP_ROLE, appUrl);
    if (publicUrl) await ensureLogin(admin, PUBLIC_ROLE, publicUrl);
    await admin.query(`grant ${OWNER_ROLE}, ${PUBLISHER_ROLE} to current_user`);
    const { rows } = await admin.query<{ name: string }>('select current_database() as name');
    const name = rows[0]?.name ?? '';
    await grantDatabase(admin, name);
    await admin.query(`grant create on database ${pg.escapeIdentifier(name)} to ${OWNER_ROLE}`);
    await admin.query(`grant usage, create on schema public to ${OWNER_ROLE}`);
    if (!(await narrowPublic(admin, publicUrl))) onProgress?.(STAYS_OPEN);
  } finally {
    await admin.query(`select pg_advisory_unlock(${LOCKS.roles})`);
  }
  await admin.query(`set role ${OWNER_ROLE}`);
  await migrate(admin, readMigrations(), onProgress);
}

/** Told to whoever gave DATABASE_ADMIN_URL; what follows from it stands in docs/concepts/trust.md. */
const STAYS_OPEN =
  'Tài khoản quản trị không thu hồi được khóa tư vấn và đối tượng lớn khỏi mọi vai trò (cần superuser): giữ kín DATABASE_PUBLIC_URL.';

/** `false` when something stays open to the login that serves the public. */
async function narrowPublic(admin: pg.Client, publicUrl: string | undefined): Promise<boolean> {
  const { user = PUBLIC_ROLE } = publicUrl ? clientOf(publicUrl) : {};
  const isLimited = await limitPublicLogin(admin, user);
  return (await closeFunctions(admin)).length === 0 && isLimited;
}

/** The role that a URL logs in with; under another name it becomes a member of ours. */
async function ensureLogin(admin: pg.Client, role: string, url: string): Promise<void> {
  // The driver reads the URL, so that both understand it alike; nothing is connected here.
  const { user = role, password: given } = clientOf(url);
  // Without one the server knows the account in another way (peer, certificate): it may log in too.
  const password = given ?? '';
  await ensureRole(admin, role, user === role ? password : null);
  if (user === role) return;
  await ensureRole(admin, user, password);
  await admin.query(`grant ${role} to ${pg.escapeIdentifier(user)}`);
}

async function refuseOldServer(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ number: number }>(
    "select current_setting('server_version_num')::int as number",
  );
  const major = Math.floor((rows[0]?.number ?? 0) / 10_000);
  if (major >= MINIMUM_MAJOR) return;
  throw new Problem('environment', {
    code: 'postgresql-too-old',
    what: `PostgreSQL ${major} quá cũ; cần từ PostgreSQL ${MINIMUM_MAJOR} trở lên.`,
    todo: 'Nâng cấp PostgreSQL, hoặc bỏ DATABASE_URL để dùng bản đi kèm.',
  });
}

/** Superusers, BYPASSRLS roles and owners of the tables see every household: never serve as one. */
export async function refusePower(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ role: string; passes: boolean; owns: boolean }>(
    `select current_user::text as role, r.rolsuper or r.rolbypassrls as passes,
       exists (
         select from pg_class c
         where c.relnamespace::regnamespace::text in ('public', 'publication')
           and c.relkind in ('r', 'p')
           and pg_has_role(current_user, c.relowner, 'member')
       ) as owns
     from pg_roles r where r.rolname = current_user`,
  );
  const [me] = rows;
  if (me && !me.passes && !me.owns) return;
  throw new Problem('environment', {
    code: 'too-powerful-role',
    what: `Từ chối phục vụ bằng tài khoản cơ sở dữ liệu "${me?.role ?? ''}".`,
    why: me?.passes
      ? 'Tài khoản này vượt qua được bảo mật theo dòng (superuser hoặc BYPASSRLS).'
      : 'Tài khoản này là chủ của các bảng nên đổi được quyền của chính mình.',
    todo: 'Dùng tài khoản thonban_app trong DATABASE_URL; tài khoản quản trị để ở DATABASE_ADMIN_URL.',
  });
}

async function refuseMissingSchema(app: pg.Client): Promise<void> {
  const { rows } = await app.query<{ here: boolean }>(
    "select to_regclass('public.schema_migrations') is not null as here",
  );
  const pending = rows[0]?.here ? await pendingMigrations(app, readMigrations()) : null;
  if (pending?.length === 0) return;
  throw new Problem('environment', {
    code: 'schema-missing',
    what: pending ? 'Lược đồ dữ liệu chưa được cập nhật.' : 'Cơ sở dữ liệu chưa có lược đồ.',
    why: 'DATABASE_URL là tài khoản bị hạn chế nên không tự lập lược đồ được.',
    todo: 'Đặt thêm DATABASE_ADMIN_URL (một lần) để lập các vai trò và lược đồ.',
  });
}

const LOGIN_REASONS = new Map([
  ['28P01', 'Sai tên tài khoản hoặc mật khẩu.'],
  ['28000', 'Máy chủ không có tài khoản này, hoặc không cho nó kết nối từ máy này.'],
  ['3D000', 'Máy chủ không có cơ sở dữ liệu mang tên ấy.'],
]);

/** Asked for a password that the address does not have, the driver ends with an error of its own. */
const ASKED_FOR_PASSWORD = /^SASL: .*client password must be/;

function refusedLogin(error: unknown): Problem | null {
  const why = loginReason(error);
  if (why === null) return null;
  return new Problem(
    'environment',
    {
      code: 'login-refused',
      what: 'Cơ sở dữ liệu từ chối kết nối.',
      why,
      todo: 'Kiểm tra tên, mật khẩu và tên cơ sở dữ liệu trong DATABASE_URL / DATABASE_ADMIN_URL / DATABASE_PUBLIC_URL.',
    },
    error,
  );
}

function loginReason(error: unknown): string | null {
  if (error instanceof pg.DatabaseError) {
    const code = error.code ?? '';
    const isLogin = code.startsWith('28') || code === '3D000';
    return isLogin ? (LOGIN_REASONS.get(code) ?? systemReason(error)) : null;
  }
  const isAsked = error instanceof Error && ASKED_FOR_PASSWORD.test(error.message);
  return isAsked ? 'Máy chủ hỏi mật khẩu mà địa chỉ kết nối không có.' : null;
}
