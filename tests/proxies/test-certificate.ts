import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Files of a certificate for any name, made for one test. */
export interface Certificate {
  readonly certificate: string;
  readonly key: string;
  /** Both in one file, as HAProxy reads them. */
  readonly both: string;
}

/** Debian's package of every proxy that speaks TLS brings it. */
const openssl = 'openssl';

/** A self-signed certificate for a day. @param names as OpenSSL writes alternative names */
export function makeCertificate(folder: string, names = 'DNS:example.cn,DNS:other.cn'): Certificate {
  const [certificate, key, both] = [join(folder, 'site.crt'), join(folder, 'site.key'), join(folder, 'site.pem')];
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'];
  const subject = ['-subj', '/CN=example.cn', '-addext', `subjectAltName=${names}`];
  const args = ['req', '-x509', ...curve, '-nodes', '-days', '1', '-keyout', key, '-out', certificate, ...subject];
  const { status, stderr } = spawnSync(openssl, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`openssl made no certificate: ${stderr}`);
  writeFileSync(both, readFileSync(certificate, 'utf8') + readFileSync(key, 'utf8'), { mode: 0o600 });
  return { certificate, key, both };
}
