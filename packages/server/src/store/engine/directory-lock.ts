import { createHash, randomBytes } from 'node:crypto';
import {
  mkdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Fault } from '@openbeian/model/fault';
import { z } from 'zod';

export interface DirectoryLock {
  /** True once another process has taken the directory over, e.g. after this one was suspended for minutes. */
  lost(): boolean;
  release(): Promise<void>;
}

/** A holder that cannot be asked whether it lives counts as dead after this silence. */
const silenceMs = 30_000;
const fileName = 'openbeian.lock';

/** Network file systems whose fsync and rename cannot be relied upon (magic numbers of statfs(2)). */
const networkFileSystems = new Map([
  [0x6969, 'NFS'],
  [0x517b, 'SMB'],
  [0xff534d42, 'CIFS'],
  [0xfe534d42, 'SMB2'],
]);

const holderShape = z.object({
  nonce: z.string(),
  pid: z.number().int(),
  /** Host, boot and pid name space: pids mean the same only where this is equal. */
  place: z.string(),
  /** When the process started, in the kernel's ticks: tells a process from a later one with its pid. */
  born: z.string(),
});
type Holder = z.output<typeof holderShape>;

/**
 * Makes this process the only one that uses `directory`, which is made when missing.
 *
 * Two locks, since neither covers every case. On Linux an abstract socket named after the directory: the kernel gives
 * it up the moment the process ends, however it ends. Beyond one network name space (containers sharing a volume,
 * other systems) a file that names its holder and is touched every 5 s: a holder in the same place is asked by its
 * pid, any other one counts as dead after 30 s of silence.
 * @throws Fault `store.directory_in_use` at once when somebody holds it; `config.invalid` for a network file system.
 */
export async function lockDirectory(directory: string, heartbeatMs = 5_000): Promise<DirectoryLock> {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const real = realpathSync(directory);
  refuseNetworkFileSystem(real);
  const releaseSocket = await lockSocket(real);
  try {
    return await lockFile(real, heartbeatMs, releaseSocket);
  } catch (error) {
    await releaseSocket();
    throw error;
  }
}

function refuseNetworkFileSystem(directory: string): void {
  if (process.platform !== 'linux') return;
  const name = networkFileSystems.get(Number(BigInt.asUintN(32, BigInt(statfsSync(directory).type))));
  if (name === undefined) return;
  throw new Fault('config.invalid', {
    places: [{ path: 'dataDir', expected: `a directory on a local disk, not on ${name}: ${directory}` }],
  });
}

/** Directories this process holds, where there is no abstract socket. */
const heldHere = new Set<string>();

async function lockSocket(directory: string): Promise<() => Promise<void>> {
  if (process.platform !== 'linux') {
    if (heldHere.has(directory)) throw inUse(directory, `pid ${process.pid}`);
    heldHere.add(directory);
    return async () => void heldHere.delete(directory);
  }
  const identity = `${directory}\0${statSync(directory).ino}`;
  const name = `\0openbeian-${createHash('sha256').update(identity).digest('hex').slice(0, 32)}`;
  const server = createServer((caller) => caller.destroy());
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? inUse(directory, describe(readHolder(directory))) : error),
    );
    server.listen(name, resolve);
  });
  server.unref();
  return () => new Promise((resolve) => server.close(() => resolve()));
}

async function lockFile(
  directory: string,
  heartbeatMs: number,
  releaseSocket: () => Promise<void>,
): Promise<DirectoryLock> {
  const path = join(directory, fileName);
  const me: Holder = { nonce: randomBytes(12).toString('hex'), pid: process.pid, place: place(), born: born('self') };
  const text = `${JSON.stringify(me)}\n`;
  try {
    writeFileSync(path, text, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    const holder = readHolder(directory);
    if (isAlive(holder, path)) throw inUse(directory, describe(holder));
    // Of several that take a dead holder's place the last rename wins, and everybody looks again afterwards.
    const own = `${path}.${me.nonce}`;
    writeFileSync(own, text, { mode: 0o600 });
    renameSync(own, path);
    await pause(100);
    if (readHolder(directory)?.nonce !== me.nonce) throw inUse(directory, describe(readHolder(directory)));
  }

  let lost = false;
  const heartbeat = setInterval(() => {
    if (readHolder(directory)?.nonce !== me.nonce) lost = true;
    else utimesSync(path, new Date(), new Date());
  }, heartbeatMs);
  heartbeat.unref();
  return {
    lost: () => lost,
    async release() {
      clearInterval(heartbeat);
      if (readHolder(directory)?.nonce === me.nonce) rmSync(path, { force: true });
      await releaseSocket();
    },
  };
}

function isAlive(holder: Holder | null, path: string): boolean {
  if (holder === null || holder.place !== place()) return Date.now() - statSync(path).mtimeMs < silenceMs;
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  return born(String(holder.pid)) === holder.born;
}

function readHolder(directory: string): Holder | null {
  try {
    return holderShape.parse(JSON.parse(readFileSync(join(directory, fileName), 'utf8')));
  } catch {
    return null;
  }
}

function place(): string {
  return [
    hostname(),
    readOr(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()),
    readOr(() => readlinkSync('/proc/self/ns/pid')),
  ].join(' ');
}

/**
 * Fields 3 and 22 of /proc/PID/stat; the name in field 2 may hold spaces and brackets. A zombie holds nothing any
 * more. Empty outside Linux, where the pid alone has to do.
 */
function born(pid: string): string {
  return readOr(() => {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? 'zombie' : (fields[19] ?? '');
  });
}

function readOr(read: () => string): string {
  try {
    return read();
  } catch {
    return '';
  }
}

function describe(holder: Holder | null): string {
  return holder === null ? 'unknown' : `pid ${holder.pid} @ ${holder.place.split(' ')[0]}`;
}

function inUse(directory: string, holder: string): Fault {
  return new Fault('store.directory_in_use', {
    detail: {
      zh: `数据目录 ${directory} 正被另一个进程使用（${holder}）。请先停止它，或换一个数据目录。`,
      en: `The data directory ${directory} is in use by another process (${holder}). Stop it, or choose another directory.`,
    },
  });
}
