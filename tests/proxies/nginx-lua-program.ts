import { randomBytes } from 'node:crypto';
import { writeBaseFile } from '@openbeian/gate';
import { createSnapshotBuilder, type GateRow, type SnapshotAbout } from '@openbeian/model/gate';
import { startNginx } from './nginx-program.ts';
import { shipped, shippedFolder } from './run-program.ts';

/** The modules that the reader needs, as Debian's packages load them. */
const modules = ['ndk_http_module', 'ngx_http_lua_module']
  .map((name) => `load_module /usr/lib/nginx/modules/${name}.so;`)
  .join(' ');

/** Where nginx with the reader is put. */
export interface ReaderPlaces {
  readonly folder: string;
  readonly snapshot: string;
  /** Addresses and ports. */
  readonly gate: string;
  readonly site: string;
  readonly port: number;
  readonly metricsPort: number;
}

/** The shipped configuration; `settings` go into `openbeian.open`, as Lua. */
export function readerConfig(places: ReaderPlaces, settings = ''): string {
  return shipped('nginx-lua/openbeian.conf', {
    FOLDER: shippedFolder('nginx-lua'),
    SNAPSHOT: places.snapshot,
    GATE_ADDRESS: places.gate,
    LISTEN: `127.0.0.1:${places.port}`,
    UPSTREAM: `http://${places.site}`,
    METRICS_LISTEN: `127.0.0.1:${places.metricsPort}`,
    EXPLAIN_URL: 'https://gate.xingyun.example/explain',
  }).replace(`file = "${places.snapshot}"`, (file) => `${file}, ${settings}`);
}

/** Runs nginx with the Lua module and this content of its http block. */
export function startReader(nginx: string, folder: string, port: number, http: string, workers = 0) {
  return startNginx(nginx, folder, port, http, { main: modules, workers });
}

/** Puts a snapshot of these rows in the place of the file, as the gate does. */
export async function putSnapshot(file: string, rows: readonly GateRow[], about: Partial<SnapshotAbout> = {}) {
  const builder = createSnapshotBuilder({
    sequence: 1,
    builtAtMs: 0,
    provider: 'xingyun',
    region: 'cn-mainland',
    defaultNames: [],
    ...about,
  });
  for (const row of rows) builder.add(row);
  const key = randomBytes(8);
  const drawKey = () => ({ k0: key.readUInt32LE(0), k1: key.readUInt32LE(4) });
  await writeBaseFile(file, builder.layOut(drawKey));
}
