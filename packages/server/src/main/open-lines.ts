import { join } from 'node:path';
import { lossTexts } from '@openbeian/model/authority-v3';
import { Fault } from '@openbeian/model/fault';
import { createFileExchange } from '../authority/file/file-exchange.ts';
import { CurrentTables } from '../authority/v3/current-tables.ts';
import type { Exchange } from '../authority/v3/line-options.ts';
import { createSoapExchange } from '../authority/v3/soap-exchange.ts';
import { V3Authority } from '../authority/v3/v3-authority.ts';
import type { Config } from './config.ts';
import type { LineParts } from './line-parts.ts';

/**
 * The lines of the adapters `v3` and `file`.
 * @throws Fault `config.invalid` for a kind of loss that there is not
 */
export async function openLines(config: Config, parts: LineParts) {
  const { unit, aesKey, aesIv, lossesThatStop, downloadEverySeconds, quietDownloadEverySeconds } = config.authority;
  refuseUnknownLosses(lossesThatStop);
  const tables = new CurrentTables(parts);
  await tables.look();
  const authority = new V3Authority({
    ...parts,
    unit: unit ?? 0,
    exchanges: exchangesOf(config),
    cipher: aesKey === null || aesIv === null ? null : { key: aesKey, iv: aesIv },
    lossesThatStop,
    downloadEveryMs: downloadEverySeconds * 1000,
    quietDownloadEveryMs: (quietDownloadEverySeconds ?? downloadEverySeconds) * 1000,
  });
  return {
    authority,
    desk: authority.desk,
    codeTablesOf: (provinceCode: string) => tables.of(provinceCode),
    close: () => tables.close(),
  };
}

/** What blocks needs no setting. */
function refuseUnknownLosses(kinds: readonly string[]): void {
  const known = Object.entries(lossTexts).flatMap(([kind, { blocks }]) => (blocks ? [] : [kind]));
  const places = kinds.flatMap((kind, index) =>
    known.includes(kind)
      ? []
      : [
          {
            path: `authority.lossesThatStop[${index}]`,
            expected: `one of ${known.join(', ')}`,
            expectedZh: `应为 ${known.join('、')} 之一`,
          },
        ],
  );
  if (places.length > 0) throw new Fault('config.invalid', { places });
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
