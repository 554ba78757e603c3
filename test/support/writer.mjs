// A process that writes without rest and says what the database has acknowledged: for tests that kill
// it. Arguments: data directory. Needs the build.
import { randomUUID } from 'node:crypto';
import { SYSTEM_ACTOR, openStore, runCommand } from '../../dist/store/index.js';

const store = await openStore({ dataDir: process.argv[2] });
process.stdout.write('ready\n');
const write = async () => {
  for (;;) {
    const commandId = randomUUID();
    const call = { actor: SYSTEM_ACTOR([]), commandId, name: 'test.write', input: null };
    const permission = 'household:propose';
    await runCommand(store, { ...call, permission }, () => Promise.resolve(null));
    process.stdout.write(`${commandId}\n`);
  }
};
await Promise.all([write(), write(), write(), write()]);
