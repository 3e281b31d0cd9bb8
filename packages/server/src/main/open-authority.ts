import { join } from 'node:path';
import type { CodeTables } from '@openbeian/model/code-tables';
import { createFileExchange } from '../authority/file/file-exchange.ts';
import { createManualAuthority } from '../authority/manual/manual-authority.ts';
import { createPlainAuthority } from '../authority/plain/plain-authority.ts';
import type { Exchange } from '../authority/v3/line-options.ts';
import { createSoapExchange } from '../authority/v3/soap-exchange.ts';
import { V3Authority } from '../authority/v3/v3-authority.ts';
import type { Authority, Clock, Ids, Store, Vault } from '../ports/index.ts';
import type { Config } from './config.ts';

interface Parts {
  readonly store: Pick<Store, 'transaction'>;
  readonly clock: Clock;
  readonly vault: Vault;
  readonly ids: Ids;
  readonly codeTables: CodeTables;
}

/** The way to the authority that is configured. What each needs is there: the configuration is refused otherwise. */
export function openAuthority(config: Config, parts: Parts): Authority {
  const { adapter, url, secret, timeoutMs } = config.authority;
  if (adapter === 'manual') return createManualAuthority(() => parts.clock.now());
  if (adapter === 'plain') return createPlainAuthority({ url: url ?? '', secret: secret ?? '', timeoutMs });
  const { unit, aesKey, aesIv, lossesThatStop, downloadEverySeconds } = config.authority;
  return new V3Authority({
    ...parts,
    unit: unit ?? 0,
    provider: config.provider,
    exchanges: exchangesOf(config),
    cipher: aesKey === null || aesIv === null ? null : { key: aesKey, iv: aesIv },
    lossesThatStop,
    downloadEveryMs: downloadEverySeconds * 1000,
    timeoutMs,
  });
}

function exchangesOf({ authority }: Config): ReadonlyMap<string, Exchange> {
  const { adapter, unit, userName, password, soapNamespace: namespace, directory, timeoutMs, provinces } = authority;
  const credentials = { ispId: unit ?? 0, userName: userName ?? '', password: password ?? '' };
  return new Map(
    Object.entries(provinces).map(([code, url]) => [
      code,
      adapter === 'file'
        ? createFileExchange(join(directory ?? '', code))
        : createSoapExchange({ url: url ?? '', credentials, namespace, timeoutMs }),
    ]),
  );
}
