import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { Fault } from '@openbeian/model/fault';
import { type KeyRing, makeKeyRing } from './key-ring.ts';
import { formatKeyRing, parseKeyRing } from './key-ring-text.ts';

const fileName = 'keys.json';

/**
 * The key ring beside the embedded database, `keys.json`: made at the first start, readable by its owner only.
 * Call it before the database is opened. Two first starters agree on one ring.
 * @throws Fault `config.invalid` when others may read the file, when it is malformed, or when there is a database
 *   already but no ring: new keys would lock its data away for good.
 */
export function keyRingInDirectory(directory: string): KeyRing {
  const path = join(directory, fileName);
  if (!existsSync(path)) {
    if (existsSync(join(directory, 'database'))) {
      const expected = 'the key file of this database; restore it from its backup, since new keys cannot open old data';
      throw new Fault('config.invalid', { places: [{ path, expected }] });
    }
    writeOnce(path, formatKeyRing(makeKeyRing()));
  }
  return readKeyRingFile(path);
}

/**
 * Reads a key ring from a file that its owner alone may read.
 * @throws Fault `config.invalid` when there is none, others may read it, or it is malformed
 */
export function readKeyRingFile(path: string): KeyRing {
  const refuse = (expected: string, expectedZh: string): never => {
    throw new Fault('config.invalid', { places: [{ path, expected, expectedZh }] });
  };
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) {
    return refuse(
      'a key ring; make one with: openbeian keys new --out FILE',
      '应为密钥文件，可用 openbeian keys new --out 文件 生成',
    );
  }
  if (process.platform !== 'win32' && (found.mode & 0o077) !== 0) {
    return refuse(
      `mode 0600, so that only its owner reads it: chmod 600 ${path}`,
      `权限应为 0600，仅所有者可读：chmod 600 ${path}`,
    );
  }
  return parseKeyRing(readFileSync(path, 'utf8'), path);
}

/**
 * Writes a key ring to a new file that its owner alone may read.
 * @throws Fault `config.invalid` when there is a file already: its keys may hold data
 */
export function writeNewKeyRing(path: string, ring: KeyRing): void {
  if (writeOnce(path, formatKeyRing(ring))) return;
  const expected = 'a file that does not exist yet; keys that are overwritten take their data with them';
  const expectedZh = '应为尚不存在的文件；覆盖密钥会使其数据无法解密';
  throw new Fault('config.invalid', { places: [{ path, expected, expectedZh }] });
}

/** Where the ring beside an embedded database lies. */
export const keyRingFileIn = (directory: string): string => join(directory, fileName);

/**
 * Puts a ring in the place of the one in a file, whole or not at all; only its owner may read it.
 * @throws the system's error, with `path`, where it cannot be written; the former ring is still there
 */
export function replaceKeyRing(path: string, ring: KeyRing): void {
  const draft = writeDraft(path, formatKeyRing(ring));
  renameSync(draft, path);
  syncDirectory(dirname(path));
}

/** Appears whole, on the disk, or not at all; an existing file wins, and false says so. */
function writeOnce(path: string, text: string): boolean {
  const directory = dirname(path);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const draft = writeDraft(path, text);
  try {
    linkSync(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return false;
  } finally {
    rmSync(draft);
  }
  syncDirectory(directory);
  return true;
}

/** Whole and on the disk, or gone: of a text that only partly finds room, e.g. on a full disk, nothing stays. */
function writeDraft(path: string, text: string): string {
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  const file = openSync(draft, 'wx', 0o600);
  try {
    try {
      // Not writeSync, which may write a part and say so to whoever asks.
      writeFileSync(file, text);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    rmSync(draft, { force: true });
    // The system knows only the open file. Whoever is told needs its name.
    throw Object.assign(error as NodeJS.ErrnoException, { path });
  }
  return draft;
}

function syncDirectory(directory: string): void {
  if (process.platform === 'win32') return;
  const folder = openSync(directory, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
