import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ProxyMode } from './proxy-world.ts';
import { runProxy } from './run-program.ts';

/** What follows `listen` for this transport. */
export function nginxAddress(port: number, transport: ProxyMode['transport']): string {
  const how = transport === undefined ? '' : transport === 'h2c' ? ' http2' : ' ssl http2';
  return `127.0.0.1:${port}${how}`;
}

/** The certificate of the http block. */
export function certificateLines(transport: ProxyMode['transport']): string {
  if (typeof transport !== 'object') return '';
  return `ssl_certificate ${transport.certificate}; ssl_certificate_key ${transport.key};\n`;
}

/** Which nginx runs, where its files are, and where it listens. */
export interface NginxPlace {
  /** The program. */
  readonly nginx: string;
  readonly folder: string;
  readonly port: number;
}

/** Runs nginx with this content of its http block. */
export function startNginx(
  { nginx, folder, port }: NginxPlace,
  http: string,
  { workers = 0, main = '' }: { readonly workers?: number; readonly main?: string } = {},
) {
  const kinds = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  const temp = kinds.map((kind) => `${kind}_temp_path ${folder}/${kind};`).join(' ');
  const processes = workers === 0 ? 'master_process off;' : `worker_processes ${workers};`;
  // As the user who tests, also where that is root: the folder is nobody else's.
  const user = process.getuid?.() === 0 ? 'user root;' : '';
  const config = join(folder, 'nginx.conf');
  writeFileSync(
    config,
    `${main} daemon off; ${processes} ${user} pid ${folder}/nginx.pid; error_log ${folder}/error.log warn;
events { worker_connections 512; }
http { access_log off; ${temp}
${http}
}
`,
  );
  return runProxy(nginx, ['-p', folder, '-c', config, '-e', join(folder, 'error.log')], port);
}
