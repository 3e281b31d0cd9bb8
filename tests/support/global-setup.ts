import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { type PrivatePostgres, startPrivatePostgres } from './private-postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Socket on which a test file asks for the run's PostgreSQL; see `shared-postgres.ts`. */
    postgresSocket: string;
    /** Folder of this run, gone after it: what one test file made at a cost, others may copy. */
    runFolder: string;
  }
}

/**
 * One private PostgreSQL serves a whole run of the tests. It starts when the first test file asks for it, so that a run
 * of the pure rooms alone does not pay for it. What else files share is in the run's folder.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  let starting: Promise<PrivatePostgres | null> | undefined;
  const socket =
    process.platform === 'win32'
      ? `\\\\.\\pipe\\openbeian-tests-${process.pid}`
      : join(tmpdir(), `openbeian-tests-${process.pid}.sock`);
  const control = createServer((connection) => {
    // Its guarantees end with the run, so nothing needs to survive a power cut.
    starting ??= startPrivatePostgres({ fsync: false });
    connection.on('error', () => {});
    starting.then(
      (postgres) => connection.end(JSON.stringify({ url: postgres?.url ?? null })),
      (error: unknown) => connection.end(JSON.stringify({ error: String(error) })),
    );
  });
  rmSync(socket, { force: true });
  await new Promise<void>((resolve) => control.listen(socket, resolve));
  project.provide('postgresSocket', socket);
  const runFolder = mkdtempSync(join(tmpdir(), 'openbeian-run-'));
  project.provide('runFolder', runFolder);
  return async () => {
    control.close();
    rmSync(runFolder, { recursive: true, force: true });
    await (await starting?.catch(() => null))?.stop();
  };
}
