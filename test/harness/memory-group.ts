/** A limit of memory on a process, as a container has one: a control group of the kernel, which only root can make. */
import { accessSync, constants, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** The first version has a tree for memory alone; in the second, one tree has all. */
const FIRST = '/sys/fs/cgroup/memory';
const SECOND = '/sys/fs/cgroup';

export interface MemoryGroup {
  /** The words before a command that run it within the group. */
  readonly prefix: readonly string[];
  /** The most bytes that its processes held at once, caches of files among them. */
  mostBytes(): number;
  /** How often the kernel took memory back because the limit was reached. */
  timesFull(): number;
  remove(): void;
}

function isFirst(): boolean {
  try {
    accessSync(path.join(FIRST, 'memory.limit_in_bytes'), constants.R_OK);
    return true;
  } catch {
    return false;
  }
}

/** Whether this process can make one. */
export function canLimitMemory(): boolean {
  try {
    makeMemoryGroup(`try-${process.pid}`, 64 * 2 ** 20).remove();
    return true;
  } catch {
    return false;
  }
}

/** Makes a group whose processes together may hold so many bytes. */
export function makeMemoryGroup(name: string, bytes: number): MemoryGroup {
  const first = isFirst();
  const folder = path.join(first ? FIRST : SECOND, `leakwatch-${name}`);
  mkdirSync(folder);
  const fileOf = (own: string, other: string) => path.join(folder, first ? own : other);
  try {
    writeFileSync(fileOf('memory.limit_in_bytes', 'memory.max'), String(bytes));
  } catch (error) {
    rmdirSync(folder);
    throw error;
  }
  const numberIn = (file: string) => Number(readFileSync(file, 'utf8'));
  return {
    prefix: ['/bin/sh', '-c', `echo $$ > '${folder}/cgroup.procs' && exec "$@"`, 'sh'],
    mostBytes: () => numberIn(fileOf('memory.max_usage_in_bytes', 'memory.peak')),
    timesFull: () =>
      first
        ? numberIn(path.join(folder, 'memory.failcnt'))
        : Number(/^max (\d+)$/m.exec(readFileSync(path.join(folder, 'memory.events'), 'utf8'))?.[1] ?? 0),
    remove: () => rmdirSync(folder),
  };
}
