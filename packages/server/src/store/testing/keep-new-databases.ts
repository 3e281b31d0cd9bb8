import { existsSync, openAsBlob, readFileSync } from 'node:fs';
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { keepNewDatabasesAt } from '../engine/new-databases.ts';

const modules = join(import.meta.dirname, '..', '..', '..', '..', '..', 'node_modules');
const { version } = JSON.parse(readFileSync(join(modules, '@electric-sql', 'pglite', 'package.json'), 'utf8')) as {
  version: string;
};
const folder = join(modules, '.cache', 'openbeian');
const fileOf = (name: string) => join(folder, `database-${version}-${name}.tar`);

/* A setup file of all tests: the first that makes an embedded database initialises and migrates it, all others copy that one. */
keepNewDatabasesAt({
  read: async (name) => (existsSync(fileOf(name)) ? openAsBlob(fileOf(name)) : null),
  async keep(name, archive) {
    await mkdir(dirname(folder), { recursive: true });
    // As the program makes it, which keeps compiled scripts there and leaves it alone where others may write. Where it
    // cannot be made, writing says so.
    await mkdir(folder, { mode: 0o700 }).catch(() => {});
    const own = `${fileOf(name)}.${process.pid}`;
    await removeOld();
    await writeFile(own, Buffer.from(await archive.arrayBuffer()), { mode: 0o600 });
    // Several may come here at once; what they made is the same.
    await rename(own, fileOf(name));
  },
});

/** Those of former releases and schemas. */
async function removeOld(): Promise<void> {
  const oldMs = Date.now() - 7 * 86_400_000;
  for (const file of await readdir(folder)) {
    const path = join(folder, file);
    if (/^(blank-)?database-.*\.tar/.test(file) && (await stat(path)).mtimeMs < oldMs) await rm(path, { force: true });
  }
}
