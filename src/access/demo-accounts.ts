import { areaRegister } from '../areas/index.js';
import { Problem, day, newId } from '../kernel/index.js';
import type { Store, Tx } from '../store/index.js';
import { SYSTEM_ACTOR, withActor } from '../store/index.js';
import { createAccount } from './create-account.js';
import type { Scope } from './scopes.js';
import { scopeOf } from './scopes.js';

export interface DemoAccount {
  username: string;
  password: string;
  name: string;
  /** As the login page shows it. */
  role: string;
}

/** Known to everybody: it stands on the login page of every demonstration and nowhere else works. */
const PASSWORD = 'thon-ban-mo-phong';
const SINCE = day('2025-07-01');

type Plan = DemoAccount & { kind: string; scope: string };

const commune = (code: string): Plan => {
  const unit = areaRegister().unitOn(code, SINCE);
  if (!unit) throw new RangeError(`no unit ${code} on ${SINCE}`);
  const name = `${unit.kind.toLowerCase()} ${unit.shortName}`;
  return {
    username: `xa-${code}`,
    password: PASSWORD,
    name: `Cán bộ ${name} (mô phỏng)`,
    role: `Cán bộ ${name}`,
    kind: 'commune_officer',
    scope: code,
  };
};

const VILLAGE_IN = '06004';

function plans(): Plan[] {
  const all = { password: PASSWORD };
  return [
    {
      ...all,
      username: 'tinh',
      name: 'Cán bộ tỉnh (mô phỏng)',
      role: 'Cán bộ cấp tỉnh',
      kind: 'province_officer',
      scope: '20',
    },
    {
      ...all,
      username: 'quan-tri',
      name: 'Quản trị hệ thống (mô phỏng)',
      role: 'Quản trị: tổ chức, vai trò; không xem sổ hộ',
      kind: 'administrator',
      scope: '20',
    },
    commune('06004'),
    {
      ...all,
      username: 'lanh-dao-06004',
      name: 'Lãnh đạo xã Quốc Khánh (mô phỏng)',
      role: 'Lãnh đạo xã Quốc Khánh: duyệt trình',
      kind: 'commune_leader',
      scope: '06004',
    },
    {
      ...all,
      username: 'giam-sat-06004',
      name: 'Người giám sát xã Quốc Khánh (mô phỏng)',
      role: 'Người giám sát xã Quốc Khánh: chỉ xem',
      kind: 'front_supervisor',
      scope: '06004',
    },
    {
      ...all,
      username: 'thanh-tra',
      name: 'Thanh tra viên (mô phỏng)',
      role: 'Thanh tra viên của tỉnh: xem nhật ký',
      kind: 'inspector',
      scope: '20',
    },
    commune('05977'),
    commune('06625'),
    {
      ...all,
      username: `thon-${VILLAGE_IN}`,
      name: 'Trưởng thôn (mô phỏng)',
      role: 'Trưởng một thôn của xã Quốc Khánh',
      kind: 'village_head',
      scope: 'village',
    },
  ];
}

/** The accounts of a demonstration, for its login page. */
export const demoAccounts = (): DemoAccount[] =>
  plans().map(({ username, password, name, role }) => ({ username, password, name, role }));

/**
 * Makes the demonstration's accounts; those that are there stay.
 * @throws Problem `account-of-wrong-kind` on a real instance
 */
export async function createDemoAccounts(store: Store): Promise<void> {
  for (const plan of plans()) {
    const scope = await withActor(store, SYSTEM_ACTOR([]), (tx) => missingScope(tx, plan));
    if (!scope) continue;
    const { username, password, name: fullName, kind: role } = plan;
    await createAccount(store, {
      ...{ username, password, fullName, role, scope },
      actor: SYSTEM_ACTOR([]),
      commandId: newId(store.clock),
      isDemo: true,
      validFrom: SINCE,
    });
  }
}

/** The scope of an account that is still to be made, `null` when it is there. */
async function missingScope(tx: Tx, plan: Plan): Promise<Scope | null> {
  const { rowCount } = await tx.query('select from accounts where username = $1', [plan.username]);
  if (rowCount > 0) return null;
  const text = plan.kind === 'village_head' ? await firstVillage(tx, VILLAGE_IN) : plan.scope;
  return scopeOf(tx, text, SINCE);
}

async function firstVillage(tx: Tx, code: string): Promise<string> {
  const { rows } = await tx.query<{ place_id: string }>(
    `select u.place_id from place_units u join places p on p.place_id = u.place_id
     where u.unit_code = $1 and u.unit_valid_from = $2 and p.kind = 'village'
     order by p.sort_key, p.place_id limit 1`,
    [code, SINCE],
  );
  const village = rows[0];
  if (village) return village.place_id;
  throw new Problem('environment', {
    code: 'no-village',
    what: `Chưa có thôn nào của đơn vị ${code} nên chưa tạo được tài khoản trưởng thôn.`,
    todo: 'Dựng tỉnh mô phỏng trước: thonban demo',
  });
}
