import { existsSync, openAsBlob, readFileSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
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
    await mkdir(folder, { recursive: true });
    const own = `${file}.${process.pid}`;
    await writeFile(own, Buffer.from(await archive.arrayBuffer()));
    // Several may come here at once; what they made is the same.
    await rename(own, file);
  },
});
