import { createAccount, scopeOf } from '../../src/access/index.js';
import type { NewAccount } from '../../src/access/index.js';
import type { Clock } from '../../src/kernel/index.js';
import { newId, today } from '../../src/kernel/index.js';
import { SYSTEM_ACTOR, withActor } from '../../src/store/index.js';
import type { Store } from '../../src/store/index.js';

export const TEST_PASSWORD = 'nương ngô bên suối';

/** A clock that a test moves by hand. */
export interface TestClock extends Clock {
  pass(seconds: number): void;
}

export function testClock(iso = '2026-03-02T01:00:00Z'): TestClock {
  let instant = Date.parse(iso);
  return {
    now: () => new Date(instant),
    pass: (seconds) => {
      instant += seconds * 1000;
    },
  };
}

export type AccountWish = Partial<NewAccount> & { username: string; scopeText?: string };

/** An account on a real instance; an officer of Quốc Khánh unless told otherwise. */
export async function testAccount(store: Store, wish: AccountWish): Promise<string> {
  const { scopeText = '06004', ...rest } = wish;
  const scope = await withActor(store, SYSTEM_ACTOR([]), (tx) =>
    scopeOf(tx, scopeText, today(store.clock)),
  );
  return createAccount(store, {
    ...{ actor: SYSTEM_ACTOR([]), commandId: newId(), fullName: 'Nông Thị Xuân' },
    ...{ password: TEST_PASSWORD, role: 'commune_officer', scope },
    ...rest,
  });
}

/** What a promise was refused with. */
export async function refusal(promise: Promise<unknown>): Promise<{
  code: string;
  kind: string;
  message: string;
  details: Record<string, unknown>;
}> {
  try {
    await promise;
  } catch (error) {
    return error as Awaited<ReturnType<typeof refusal>>;
  }
  throw new Error('it was not refused');
}
