import { readdirSync, readFileSync } from 'node:fs';

interface Process {
  pid: number;
  parent: number;
  command: string;
}

/** Bytes of memory of a whole system, as the operating system sees them. */
export interface SystemMemory {
  /** Shared pages divided among their users, so that adding up is right; `null` when not readable. */
  proportional: number | null;
  /** Pages present, shared ones counted once per process. */
  resident: number;
}

/**
 * Memory of the process `root`, of the processes whose command line names `dataDir`, and of all their
 * children. Linux only (reads /proc).
 */
export function memoryOf(root: number, dataDir: string): SystemMemory {
  const all = processes();
  const members = new Set(
    all.filter(({ pid, command }) => pid === root || command.includes(dataDir)).map((p) => p.pid),
  );
  members.delete(process.pid);
  for (let size = -1; size !== members.size;) {
    size = members.size;
    for (const { pid, parent } of all) if (members.has(parent)) members.add(pid);
  }
  let resident = 0;
  let proportional: number | null = 0;
  for (const pid of members) {
    resident += kilobytesIn(`/proc/${pid}/status`, 'VmRSS') ?? 0;
    const share = kilobytesIn(`/proc/${pid}/smaps_rollup`, 'Pss');
    proportional = proportional === null || share === null ? null : proportional + share;
  }
  return {
    resident: resident * 1024,
    proportional: proportional === null ? null : proportional * 1024,
  };
}

function processes(): Process[] {
  return readdirSync('/proc').flatMap((name) => {
    const pid = Number(name);
    if (!Number.isInteger(pid)) return [];
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      // "pid (name with spaces) state parent …"
      const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
      const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ');
      return [{ pid, parent, command }];
    } catch {
      return []; // it ended meanwhile
    }
  });
}

function kilobytesIn(file: string, field: string): number | null {
  try {
    const found = new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(readFileSync(file, 'utf8'));
    return found ? Number(found[1]) : null;
  } catch {
    return null;
  }
}
