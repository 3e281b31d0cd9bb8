import { shipped, shippedFolder } from './run-program.ts';
import { startNginx } from './nginx-program.ts';

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
