import { readFileSync } from 'node:fs';
import { type NginxPlace, startNginx } from '../../proxies/nginx-program.ts';

const file = new URL('../../../examples/high-availability/nginx.conf', import.meta.url);

/** What a test has other than the file as it is shipped. */
export interface ShippedNginxOptions {
  /** Ports of the two servers. */
  readonly ports: readonly [number, number];
  /** Seconds for which a server that failed is left alone; as shipped unless given. */
  readonly failTimeoutSeconds?: number;
}

/** Runs the file for console and API as it is shipped, but for addresses and TLS. */
export function startShippedNginx(place: NginxPlace, { ports, failTimeoutSeconds = 2 }: ShippedNginxOptions) {
  const changes: [string, string][] = [
    ['listen 443 ssl http2;', `listen 127.0.0.1:${place.port};`],
    ['ssl_certificate /etc/nginx/tls/beian.example.cn.pem;', ''],
    ['ssl_certificate_key /etc/nginx/tls/beian.example.cn.key;', ''],
    [
      '192.0.2.11:8600 max_fails=1 fail_timeout=2s',
      `127.0.0.1:${ports[0]} max_fails=1 fail_timeout=${failTimeoutSeconds}s`,
    ],
    [
      '192.0.2.12:8600 max_fails=1 fail_timeout=2s',
      `127.0.0.1:${ports[1]} max_fails=1 fail_timeout=${failTimeoutSeconds}s`,
    ],
  ];
  changes.push(
    ['192.0.2.11:8600 max', `127.0.0.1:${ports[0]} max`],
    ['192.0.2.12:8600 max', `127.0.0.1:${ports[1]} max`],
  );
  let text = readFileSync(file, 'utf8');
  for (const [shipped, own] of changes) {
    if (!text.includes(shipped)) throw new Error(`the shipped nginx file no longer says ${shipped}`);
    text = text.replace(shipped, own);
  }
  return startNginx(place, text, { workers: 2 });
}
