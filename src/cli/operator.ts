import os from 'node:os';
import { AT_THE_MACHINE } from '../audit/index.js';
import type { Actor } from '../store/index.js';
import { SYSTEM_ACTOR } from '../store/index.js';

/**
 * The installation, told what to do at the command line: whoever has the machine needs no account here,
 * so the log keeps the account of the machine that was used.
 */
export const operator = (scopes: readonly string[] = []): Actor => ({
  ...SYSTEM_ACTOR(scopes),
  device: `${AT_THE_MACHINE}, tài khoản ${machineAccount()}`,
});

function machineAccount(): string {
  const own = ownName();
  const before = process.env['SUDO_USER'];
  return before && before !== own ? `${own}, gọi từ ${before}` : own;
}

function ownName(): string {
  try {
    return os.userInfo().username;
  } catch {
    // An account that the machine has no name for (a container's number).
    return String(process.getuid?.() ?? 'không rõ');
  }
}
