import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { testStore } from '../../../test/support/database.js';
import { makeReal } from '../../../test/support/real-instance.js';
import { runWords } from '../../../test/support/run-cli.js';
import { TEST_PASSWORD, refusal, testAccount } from '../../../test/support/test-account.js';
import { signIn } from '../../access/index.js';

const SSO = {
  ...{ OIDC_ISSUER: 'https://sso.example', OIDC_CLIENT_ID: 'a' },
  PUBLIC_URL: 'https://thonban.example',
};
const WHY = ['--reason', 'theo giấy đề nghị'];
const NEW = 'cái gùi treo sau bếp lửa';

test('accounts are run from the command line, each act with a reason', async () => {
  const store = await testStore();
  await makeReal(store);
  await testAccount(store, { username: 'lan' });
  const run = (words: string[], env: NodeJS.ProcessEnv = {}, typed?: string) => {
    const stdin = new PassThrough();
    stdin.end(typed === undefined ? '' : `${typed}\n`);
    return runWords({ ...store.env, ...env }, ['user', ...words, '--json'], stdin);
  };
  const problem = async (done: ReturnType<typeof run>) => {
    const { code, err } = await done;
    const { problem: told } = JSON.parse(err) as { problem: { code: string } };
    return [code, told.code];
  };
  const lan = ['--username', 'lan'];

  expect(await problem(run(['password', ...lan, ...WHY], {}, 'matkhau2026'))).toEqual([
    ...[1, 'password-refused'],
  ]);
  expect(await problem(run(['password', ...lan], {}, NEW))).toEqual([2, 'option-missing']);
  expect((await run(['password', ...lan, ...WHY], {}, NEW)).json()).toMatchObject({
    username: 'lan',
  });
  expect((await signIn(store, { username: 'lan', password: NEW })).stage).toBe('full');
  expect((await refusal(signIn(store, { username: 'lan', password: TEST_PASSWORD }))).code).toBe(
    'sign-in-refused',
  );

  const lead = ['role', 'add', ...lan, '--role', 'province_leader'];
  expect(await problem(run([...lead, '--scope', '01']))).toEqual([1, 'scope-elsewhere']);
  expect(await problem(run([...lead, '--scope', '00001']))).toEqual([1, 'scope-unknown']);

  const link = ['link', ...lan, '--subject', 'lan.nong', ...WHY];
  expect(await problem(run(link))).toEqual([3, 'sso-missing']);
  expect(await problem(run(['local-password', ...lan, '--off', ...WHY]))).toEqual([
    ...[1, 'link-missing'],
  ]);
  expect((await run(link, SSO)).code).toBe(0);
  expect(await problem(run(['local-password', ...lan, ...WHY]))).toEqual([2, 'on-or-off']);
  // Linking signed the account out everywhere.
  expect((await run(['local-password', ...lan, '--off', ...WHY])).json()).toMatchObject({
    endedSessions: 0,
  });
  expect(await problem(run(['unlink', ...lan, ...WHY]))).toEqual([1, 'password-off']);
  expect((await run(['local-password', ...lan, '--on', ...WHY])).code).toBe(0);
  expect((await run(['unlink', ...lan, ...WHY])).code).toBe(0);
  expect(await problem(run(['unlink', ...lan, ...WHY]))).toEqual([1, 'link-missing']);
  expect(await problem(run(['reset-totp', ...lan, ...WHY]))).toEqual([1, 'totp-missing']);
  expect((await run(['close', ...lan, ...WHY])).code).toBe(0);
  expect(await problem(run(['close', ...lan, ...WHY]))).toEqual([1, 'account-closed']);
  expect(await problem(run(['close', '--username', 'ai', ...WHY]))).toEqual([1, 'account-unknown']);
  expect(await problem(run(['dance']))).toEqual([2, 'unknown-act']);
});
