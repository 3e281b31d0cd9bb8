import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { sweepMaterials } from '../../flows/materials/sweep-materials.ts';
import { createLogger } from '../../http/log.ts';
import { parseConfig } from '../config.ts';
import { openDeployment } from '../deployment.ts';
import { failTest } from './rule-world.ts';

/** Files of pictures without a row, and rows without their files, once the sweep has been. */
export async function strayPictures(directory: string): Promise<string[]> {
  const config = parseConfig({
    provider: 'xingyun',
    name: { zh: '星云', en: 'Xingyun' },
    database: { directory },
    authority: { adapter: 'plain', url: 'http://127.0.0.1:9', secret: 'unused' },
  });
  // Late enough that nobody is still writing.
  const clock = { now: () => new Date(Date.now() + 2 * 3_600_000).toISOString() };
  const deployment = await openDeployment(config, { clock, logger: createLogger('silent') });
  try {
    while ((await sweepMaterials(deployment.deps, failTest)) > 0);
    const { rows } = await sql<{ name: string }>`SELECT object_name AS name FROM material_blob`.execute(
      deployment.open.kysely,
    );
    const wanted = new Set(rows.flatMap(({ name }) => [name, `${name}.copy`]));
    const found = readdirSync(join(directory, 'materials'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => name);
    return [...found.filter((name) => !wanted.has(name)), ...[...wanted].filter((name) => !found.includes(name))];
  } finally {
    await deployment.close();
  }
}
