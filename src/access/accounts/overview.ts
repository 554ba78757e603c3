import { today } from '../../kernel/index.js';
import type { Tx } from '../../store/index.js';
import { heldOn } from '../offices/held-on.js';
import { findRole } from '../roles.js';
import type { Session } from '../sessions/sessions.js';
import { openSessions } from '../sessions/own-sessions.js';
import { countLinks } from '../sso/links.js';
import { countRecoveryCodes } from '../totp/totp-rows.js';

/** What a person sees of their own account. */
export interface AccountOverview {
  fullName: string;
  username: string;
  isDemo: boolean;
  /** Held today. */
  roles: { label: string; officeName: string; behalfName: string | null }[];
  hasLocalPassword: boolean;
  passwordChangedAt: Date | null;
  /** When the authenticator app was set up. */
  totp: Date | null;
  isTotpRequired: boolean;
  recoveryLeft: number;
  /** Somebody of the single sign-on may open it. */
  isLinked: boolean;
  /** Places where it is signed in, this one included. */
  sessions: number;
}

interface AccountRow {
  has_local_password: boolean;
  password_changed_at: Date | null;
  confirmed_at: Date | null;
}

export async function accountOverview(tx: Tx, session: Session): Promise<AccountOverview> {
  const { accountId, sessionId } = session;
  const { rows } = await tx.query<AccountRow>(
    `select a.has_local_password, a.password_changed_at, t.confirmed_at
     from accounts a left join account_totp t on t.account_id = a.account_id
     where a.account_id = $1`,
    [accountId],
  );
  const held = await tx.query<{ role: string; officeName: string; behalfName: string | null }>(
    `select r.role, o.name as "officeName", dp.full_name as "behalfName"
     from accounts a
     join role_assignments r on r.person_account_id = a.person_account_id
     join offices o on o.office_id = r.office_id
     left join role_assignments d on d.assignment_id = r.delegated_from
     left join people dp on dp.person_account_id = d.person_account_id
     where a.account_id = $1 and ${heldOn('$2', '$3')}
     order by r.is_delegation, r.valid_from, r.assignment_id`,
    [accountId, today(tx.clock), tx.now],
  );
  const account = rows[0];
  return {
    ...{ fullName: session.name, username: session.username, isDemo: session.isDemo },
    roles: held.rows.map(({ role, ...rest }) => ({
      label: findRole(role)?.label ?? role,
      ...rest,
    })),
    hasLocalPassword: account?.has_local_password ?? false,
    passwordChangedAt: account?.password_changed_at ?? null,
    totp: account?.confirmed_at ?? null,
    isTotpRequired: session.isTotpRequired,
    recoveryLeft: await countRecoveryCodes(tx, accountId),
    isLinked: (await countLinks(tx, accountId)) > 0,
    sessions: (await openSessions(tx, accountId, sessionId)).length,
  };
}
