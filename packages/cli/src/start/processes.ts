// Each kind of process loads its own parts only.
import { Fault } from '@openbeian/model/fault';
import type { Config } from '@openbeian/server/main';
import { loadConfig } from '@openbeian/server/main/config';
import { sayingFaults, untilStopped } from './process-life.ts';

/** `openbeian server`: runs one server process until it receives a signal to stop. */
export async function runServer(configFile: string | null, withConsole: boolean): Promise<void> {
  const server = await sayingFaults(async () => {
    const config = loadConfig(configFile, process.env);
    const { startServer } = await import('@openbeian/server/main/server');
    const { consoleFolder } = await import('./console-folder.ts');
    const folder = withConsole ? await consoleFolder() : null;
    return startServer(config, { consoleFolder: folder, ...(await cloudReaderOf(config)) });
  });
  await untilStopped(
    () => server.close(),
    () => server.drain(),
  );
}

/** `openbeian console build`: builds the console where that was not done yet. */
export async function buildConsole(): Promise<void> {
  const { consoleFolder } = await import('./console-folder.ts');
  process.stdout.write(`${await sayingFaults(() => consoleFolder())}\n`);
}

/** `openbeian worker`: runs one process of background work until it receives a signal to stop. */
export async function runWorker(configFile: string | null): Promise<void> {
  const worker = await sayingFaults(async () => {
    const config = loadConfig(configFile, process.env);
    if (config.database.url === null) {
      const place = {
        path: 'database.url',
        expected: 'a PostgreSQL: with the embedded database the server does the background work itself',
        expectedZh: '应为 PostgreSQL；使用内置数据库时，后台任务由服务进程自己完成',
      };
      throw new Fault('config.invalid', { places: [place] });
    }
    const { startWorker } = await import('@openbeian/server/main/worker');
    return startWorker(config, await cloudReaderOf(config));
  });
  await untilStopped(() => worker.close());
}

/** Who reads clouds; not loaded where none is configured. */
async function cloudReaderOf({ inventory }: Config) {
  if (inventory.sync.length === 0) return {};
  const { createCloudReader } = await import('./cloud-reader.ts');
  return { cloudReader: createCloudReader() };
}
