import { access, constants, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Fault } from '@openbeian/model/fault';
import type { Config } from './config.ts';

/** Where pictures of materials are kept, unless they are in an S3-compatible store. */
export const materialsDirectory = ({ materials, database }: Config): string =>
  materials.directory ?? join(database.directory, 'materials');

/**
 * Else a service user without write access would learn of it by the first upload of a customer. Nothing is created.
 * @throws Fault `config.invalid` where the directory of pictures is not, and cannot become, one that this process may write
 */
export async function requireWritableMaterials(config: Config): Promise<void> {
  const { materials, database } = config;
  if (materials.s3 !== null) return;
  const directory = materialsDirectory(config);
  try {
    await access(await nearestThatExists(resolve(directory)), constants.W_OK | constants.X_OK);
  } catch (error) {
    // What the file system throws has a code.
    const why = `${directory}: ${(error as NodeJS.ErrnoException).code}`;
    const place = {
      path: materials.directory === null && database.url === null ? 'database.directory' : 'materials.directory',
      expected: `a directory that this process may write (${why})`,
      expectedZh: `应为本进程可写入的目录（${why}）`,
    };
    throw new Fault('config.invalid', { places: [place], cause: error });
  }
}

async function nearestThatExists(path: string): Promise<string> {
  try {
    // With the slash at its end, a file is no directory.
    await stat(join(path, '/'));
    return path;
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    if (!isMissing || dirname(path) === path) throw error;
    return nearestThatExists(dirname(path));
  }
}
