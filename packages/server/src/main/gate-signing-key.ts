import { readFileSync, statSync } from 'node:fs';
import { Fault } from '@openbeian/model/fault';
import { createExportSigner, type ExportSigner, readSigningKey } from '../snapshots/gate-signing.ts';
import type { Config } from './config.ts';

/**
 * The key by which snapshots and changes for gates are signed, in PEM; null where none is configured.
 * @throws as `signingKeyIn`
 */
export const gateSigningKey = ({ gate }: Pick<Config, 'gate'>): string | null => signingKeyIn(gate.signingKeyFile);

/** Signs exports of the audit; null where no key is configured. @throws as `signingKeyIn` */
export function auditExportSigner({ audit }: Pick<Config, 'audit'>): ExportSigner | null {
  const pem = signingKeyIn(audit.signingKeyFile);
  return pem === null ? null : createExportSigner(pem);
}

/** @throws Fault `config.invalid` where the file is missing, no key of Ed25519 or SM2, or others may read it */
function signingKeyIn(signingKeyFile: string | null): string | null {
  if (signingKeyFile === null) return null;
  try {
    if (process.platform !== 'win32' && (statSync(signingKeyFile).mode & 0o077) !== 0) throw new Error('mode');
    const pem = readFileSync(signingKeyFile, 'utf8');
    readSigningKey(pem);
    return pem;
  } catch (cause) {
    const expected = 'a private key of Ed25519 or SM2 (openbeian gate keys), mode 0600: nobody but its owner reads it';
    const expectedZh = '应为 Ed25519 或 SM2 私钥文件（openbeian gate keys），权限 0600，仅属主可读';
    throw new Fault('config.invalid', { places: [{ path: signingKeyFile, expected, expectedZh }], cause });
  }
}
