import {
  type AuthoritySimOptions,
  DirectoryInUseError,
  defaultInterfaceUnit,
  defaultSimSecret,
  startAuthoritySim,
} from '@openbeian/authority-sim';
import { Fault } from '@openbeian/model/fault';
import { provinces } from '@openbeian/model/province';
import { cannotListen } from '../cannot-listen.ts';
import type { ConfigInput } from '../config.ts';
import { recordsElsewhere } from './records-elsewhere.ts';

/** How the sample deployment speaks to its simulated authority: interface V3.0, or this project's own JSON, which is easier to read. */
export type SampleWire = 'v3' | 'plain';

const everyProvince = provinces.map(({ code }) => code);

/** Somebody waits at the screen for a result. */
const askEverySeconds = 2;
/** So many lines, and nothing out on most of them. */
const askQuietEverySeconds = 60;

/** The line to the simulated authority at `url`: to every province unless others are named. */
export function sampleLine(
  wire: SampleWire,
  url: string,
  linesTo: readonly string[] = everyProvince,
): ConfigInput['authority'] {
  const { ispId, userName, password, cipher } = defaultInterfaceUnit;
  const pages = { smsPageUrl: `${url}/sms`, pagesUrl: url };
  if (wire === 'plain') return { adapter: 'plain', url, secret: defaultSimSecret, ...pages };
  return {
    adapter: 'v3',
    unit: ispId,
    userName,
    password,
    aesKey: cipher?.key ?? null,
    aesIv: cipher?.iv ?? null,
    provinces: Object.fromEntries(linesTo.map((code) => [code, `${url}/v3/${code}`])),
    downloadEverySeconds: askEverySeconds,
    quietDownloadEverySeconds: askQuietEverySeconds,
    ...pages,
  };
}

/**
 * The simulated authority of the sample: it takes uploads at all hours, and plays its faults, but for those after which a provider has to
 * wait for half an hour or more: a newcomer has a number in five minutes.
 * @throws Fault `config.invalid` for a port that is taken, `store.directory_in_use`
 */
export function startSampleAuthority(port: number, options: Omit<AuthoritySimOptions, 'port' | 'interfaceV3'>) {
  return startAuthoritySim({
    ...options,
    port,
    seedRecords: recordsElsewhere(),
    interfaceV3: { hours: 'always', undrawnFaults: ['maintenance', 'closed'] },
  }).catch((error: unknown) => {
    if (error instanceof DirectoryInUseError) throw new Fault('store.directory_in_use', { cause: error });
    throw cannotListen(error, 'authority port', '127.0.0.1', port);
  });
}
