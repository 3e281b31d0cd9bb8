import { randomBytes } from 'node:crypto';
import { closeSync, openSync, readFileSync, renameSync, writeFileSync, writeSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import {
  createOverlay,
  createSnapshotBuilder,
  type GateChange,
  type GateRow,
  headerLength,
  type SnapshotAbout,
  writeOverlay,
} from '@openbeian/model/gate';
import { openSnapshotFile, writeSnapshotFile } from '../../packages/gate/src/testing/snapshot-files.ts';
import { type NginxPlace, nginxAddress, startNginx } from './nginx-program.ts';
import type { ProxyMode } from './proxy-world.ts';
import { gateAddress, shipped, shippedFolder } from './run-program.ts';

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
  readonly transport?: ProxyMode['transport'];
}

/** The shipped configuration; `settings` go into `openbeian.open`, as Lua. */
export function readerConfig(places: ReaderPlaces, settings = ''): string {
  return shipped('nginx-lua/openbeian.conf', {
    FOLDER: shippedFolder('nginx-lua'),
    SNAPSHOT: places.snapshot,
    GATE_ADDRESS: gateAddress(places.gate, 'unix:'),
    LISTEN: nginxAddress(places.port, places.transport),
    UPSTREAM: `http://${places.site}`,
    METRICS_LISTEN: `127.0.0.1:${places.metricsPort}`,
    EXPLAIN_URL: 'https://gate.xingyun.example/explain',
  }).replace(`file = "${places.snapshot}"`, (file) => (settings === '' ? file : `${file}, ${settings}`));
}

/** Runs nginx with the Lua module and this content of its http block. */
export function startReader(place: NginxPlace, http: string, workers = 0) {
  return startNginx(place, http, { main: modules, workers });
}

/** What a gate would go on writing. */
export interface PutSnapshot {
  /** Lays a change over the snapshot, in place; the overlay must have room. */
  change(change: GateChange): void;
}

/** Puts a snapshot of these rows and an empty overlay in their places, as the gate does. */
export async function putSnapshot(
  file: string,
  rows: readonly GateRow[],
  {
    anyNumberSuffices,
    listsNumbers,
    ...about
  }: Partial<SnapshotAbout> & { readonly anyNumberSuffices?: boolean; readonly listsNumbers?: boolean } = {},
  overlayLength = 65_536,
): Promise<PutSnapshot> {
  const builder = createSnapshotBuilder({
    sequence: 1,
    builtAtMs: 0,
    provider: 'xingyun',
    region: 'cn-mainland',
    defaultNames: [],
    ...about,
  });
  for (const row of rows) builder.add(row);
  const random = randomBytes(8);
  const key = { k0: random.readUInt32LE(0), k1: random.readUInt32LE(4) };
  await writeSnapshotFile(
    file,
    builder.layOut(() => key),
  );
  const table = await openSnapshotFile(file);
  const baseSum = readFileSync(file).readUInt32LE(headerLength - 4);
  const overlay = createOverlay(
    new SharedArrayBuffer(overlayLength),
    { baseSum, outsideMainland: null, anyNumberSuffices, listsNumbers },
    crc32,
  );
  const path = `${file}.overlay`;
  writeFileSync(`${path}.tmp`, overlay.bytes);
  renameSync(`${path}.tmp`, path);
  const writer = writeOverlay(overlay, key);
  return {
    change(change) {
      const patch = writer.apply(table, change);
      if (patch === null) throw new Error('the overlay is full');
      const handle = openSync(path, 'r+');
      for (const { at, length } of patch) writeSync(handle, overlay.bytes, at, length, at);
      closeSync(handle);
    },
  };
}
