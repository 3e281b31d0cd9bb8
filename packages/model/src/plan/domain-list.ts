import { nameKindOf, normaliseHost } from '@openbeian/model/domain-name';
import { invalidInput, parseSafely } from '@openbeian/model/fault';
import { z } from 'zod';

const id = z.string().min(1).max(200);

/** A name is filed as it is registered; what is below it follows it. */
const domainName = z.string().transform((text, context) => {
  const host = normaliseHost(text);
  const { registrableName } = host;
  const unfileable = whyNobodyFiles(text);
  if (unfileable === null && registrableName !== null && host.host === registrableName) return registrableName;
  const asRegistered =
    registrableName === null
      ? {
          zh: '应为可注册的域名，如 example.cn',
          en: 'expected a domain name that can be registered, such as example.cn',
        }
      : { zh: `应为注册的域名 ${registrableName}`, en: `expected the name as it is registered, ${registrableName}` };
  context.addIssue({ code: 'custom', params: unfileable ?? asRegistered });
  return z.NEVER;
});

/** Names that need no filing and cannot be filed, as `openbeian route` says of each; null for all others. */
function whyNobodyFiles(domain: string): { readonly zh: string; readonly en: string } | null {
  const name = nameKindOf(domain);
  if (name?.kind === 'internal')
    return {
      zh: `应为可注册的域名；${name.suffix} 是内部网络使用的后缀，无需备案，也不能备案，请删除`,
      en: `expected a domain that can be registered; ${name.suffix} is for internal networks, needs no filing and cannot be filed: remove it`,
    };
  if (name !== null && name.platform !== null)
    return {
      zh: `应为自己注册的域名；该名称属于平台域名 ${name.platform}，由平台持有，请删除`,
      en: `expected a domain of your own; this name is below ${name.platform}, which belongs to a platform: remove it`,
    };
  return null;
}

const entrySchema = z.union([
  domainName.transform((name) => ({ name })),
  z.strictObject({
    name: domainName,
    /** Who files it: only this account's resources take it directly. Without it, any account's do. */
    account: id.optional(),
    /** Whose it is: a subject has one open filing at a time. Without it, the account counts as the subject. */
    subject: id.optional(),
    /** Only resources of this provider. */
    provider: id.optional(),
  }),
]);

export interface PlannedName {
  readonly name: string;
  readonly account?: string | undefined;
  readonly subject?: string | undefined;
  readonly provider?: string | undefined;
}

const listSchema = z.array(entrySchema).superRefine((names: readonly PlannedName[], context) => {
  const seen = new Map<string, number>();
  names.forEach(({ name }, index) => {
    const first = seen.get(name);
    if (first === undefined) seen.set(name, index);
    else {
      context.addIssue({
        code: 'custom',
        path: [index],
        params: {
          zh: `${name} 与 [${first}] 是同一域名`,
          en: `expected each domain once; [${first}] is ${name} already`,
        },
      });
    }
  });
});

/**
 * Reads the names to be filed: a list of names, or of `{ name, account, subject, provider }`.
 * @throws Fault `input.invalid` with every wrong place.
 */
export function parseDomainList(document: unknown): readonly PlannedName[] {
  const parsed = parseSafely(listSchema, document);
  if (!parsed.success) throw invalidInput(parsed.error);
  return parsed.data;
}
