import { existsSync, openAsBlob, readFileSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { keepBlankDatabaseAt } from '../engine/blank-database.ts';

const modules = join(import.meta.dirname, '..', '..', '..', '..', '..', 'node_modules');
const { version } = JSON.parse(readFileSync(join(modules, '@electric-sql', 'pglite', 'package.json'), 'utf8')) as {
  version: string;
};
const folder = join(modules, '.cache', 'openbeian');
const file = join(folder, `blank-database-${version}.tar`);

/* A setup file of all tests: the first that makes an embedded database initialises it, all others copy that one. */
keepBlankDatabaseAt({
  read: async () => (existsSync(file) ? openAsBlob(file) : null),
  async keep(archive) {
    await mkdir(dirname(folder), { recursive: true });
    // As the program makes it, which keeps compiled scripts there and leaves it alone where others may write. Where it
    // cannot be made, writing says so.
    await mkdir(folder, { mode: 0o700 }).catch(() => {});
    const own = `${file}.${process.pid}`;
    await writeFile(own, Buffer.from(await archive.arrayBuffer()), { mode: 0o600 });
    // Several may come here at once; what they made is the same.
    await rename(own, file);
  },
});
