import { nameKindOf } from '../../domain-name/index.ts';
import { portIn } from './ports.ts';

/** The facts that can contradict each other. */
interface Facts {
  readonly domain: string;
  readonly hosting: { readonly port?: number | undefined };
  readonly subject: { readonly filed: boolean; readonly here: boolean; readonly changed?: string | undefined };
  readonly record: {
    readonly exists: boolean;
    readonly here: boolean;
    readonly sameAccount: boolean;
    readonly ofOtherSubject?: boolean | undefined;
  };
}

interface Contradiction {
  readonly path: readonly string[];
  readonly zh: string;
  readonly en: string;
}

/**
 * Which facts of a case cannot be true together, each at the fact that should be another. What sounds odd but happens is no
 * contradiction, such as a record under this domain while the organiser has none: it is the former owner's.
 */
export function contradictionsIn({ domain, hosting, subject, record }: Facts): Contradiction[] {
  const found: Contradiction[] = [];
  const say = (holds: boolean, path: string, zh: string, en: string) => {
    if (holds) found.push({ path: path.split('.'), zh, en });
  };
  say(
    subject.here && !subject.filed,
    'subject.here',
    '主体未备案时应为 false',
    'expected false while subject.filed is false',
  );
  say(
    record.here && !record.exists,
    'record.here',
    '域名没有备案时应为 false',
    'expected false while record.exists is false',
  );
  say(
    record.sameAccount && !record.here,
    'record.sameAccount',
    '该备案不由本接入商接入时应为 false',
    'expected false while record.here is false',
  );
  say(
    record.ofOtherSubject === true && !record.exists,
    'record.ofOtherSubject',
    '域名没有备案时应为 false',
    'expected false while record.exists is false',
  );
  const isOwn = record.ofOtherSubject === false || (record.ofOtherSubject === undefined && record.sameAccount);
  say(
    record.exists && isOwn && !subject.filed,
    'subject.filed',
    '该备案属于本主体（或就在本账号下），主体应为已备案；如属于他人，请写明 record.ofOtherSubject: true',
    'expected true, since the record is the organiser’s own or in its account; if it is another organiser’s, set record.ofOtherSubject: true',
  );
  say(
    subject.changed !== undefined && !subject.filed,
    'subject.changed',
    '主体未备案时没有可变更的信息，请删除',
    'expected no change while subject.filed is false: remove it',
  );
  say(
    record.exists && nameKindOf(domain)?.kind === 'internal',
    'record.exists',
    '内部域名无法注册，不会有备案，应为 false',
    'expected false: a name of an internal network cannot be registered, so it has no record',
  );
  const written = portIn(domain);
  say(
    written !== null && hosting.port !== undefined && written !== hosting.port,
    'hosting.port',
    `与域名中的端口 ${written} 不一致`,
    `expected ${written}, the port written behind the domain`,
  );
  return found;
}
