import type { Day } from '@openbeian/model/calendar';
import { normaliseHost } from '@openbeian/model/domain-name';
import { findFilingNumbers } from '@openbeian/model/number';
import type { PublicSearch } from '../../ports/index.ts';

/** Why a text is neither a name, nor a number, nor a unit. */
export interface SearchProblem {
  readonly expected: string;
  readonly expectedZh: string;
}

/** What numbers have and units' names do not. */
const numberLike = /ICP ?[备備证證]|公网安备|公網安備/iu;
/** A licence's number (粤B2-20090059), or the digits of a number alone: no unit is called like that either. */
const licenceLike = /^(?:合字|\p{Script=Han})?[AB]\d(?:\.[AB]\d)* ?[-—_] ?\d{4,}/iu;
const digitsLike = /^\p{Script=Han}?\d{6,14} ?[号號]?(?: ?[-—_] ?\d+[A-Z]?)?$/iu;
/** A host or an URL, which no unit is called. */
const hostLike = /^[\w-]+(?:[.。．]+[\w-]+)+[.。．]?(?::\d+)?$/u;
const urlLike = /^[a-z][a-z0-9+.-]*:\/\//i;
/** What is around a host that was copied: quotes and commas, a scheme, a user, a wildcard, a path. */
const aroundHost: readonly RegExp[] = [
  /^[\s"'“”‘’「」『』<>《》【】,;、]+|[\s"'“”‘’「」『』<>《》【】,;、]+$/gu,
  /^(?:[a-z][a-z0-9+.-]*:)?\/\/|^mailto:/i,
  /[/?#].*$/u,
  /^[^@]*@/u,
  /^\*\./u,
];

/**
 * Reads what somebody typed into the public query as widely as `openbeian number --lenient` and the gate read numbers and
 * hosts: a host finds the record of its registrable name. So no record found means that there is none, never that the
 * text was not understood: then it is a problem.
 */
export function readPublicSearch(text: string, at: Day): PublicSearch | SearchProblem {
  const typed = text.normalize('NFKC').replace(/\s+/gu, ' ').trim();
  if ([numberLike, licenceLike, digitsLike].some((form) => form.test(typed))) return readNumbers(typed, at);
  const bare = aroundHost.reduce((rest, around) => rest.replace(around, ''), typed);
  if (urlLike.test(typed) || hostLike.test(bare)) return readHost(bare);
  if (findFilingNumbers(typed, at).valid) return readNumbers(typed, at);
  // Names in Chinese script may be a unit's or a host's without a dot that counts; looking for both costs nothing.
  const host = normaliseHost(bare);
  return { names: host.kind === 'name' ? namesOf(host) : [], numbers: [], units: unitsOf(text, typed) };
}

function readNumbers(typed: string, at: Day): PublicSearch | SearchProblem {
  const { numbers, dropped } = findFilingNumbers(typed, at);
  // Who holds a licence may have filed under its number (粤B2-20090059-5).
  const filed = numbers.filter(({ kind }) => kind !== 'public_security');
  if (filed.length > 0) return { names: [], units: [], numbers: filed.map(({ canonical }) => canonical) };
  const problem = dropped.find((part) => part.problem !== null)?.problem;
  if (problem) return { expected: problem.en, expectedZh: problem.zh };
  return {
    expected: 'an ICP filing number such as 粤ICP备2026000123号-1; public-security numbers are not kept here',
    expectedZh: '应为 ICP 备案号，例如“粤ICP备2026000123号-1”；公安备案号不在查询范围内',
  };
}

function readHost(bare: string): PublicSearch | SearchProblem {
  const host = normaliseHost(bare);
  if (host.kind === 'name' && host.registrableName !== null) return { names: namesOf(host), numbers: [], units: [] };
  return {
    expected: 'a domain name that can be registered, such as example.cn; addresses and suffixes are not filed',
    expectedZh: '应为可注册的域名，例如 example.cn；IP 地址和域名后缀没有备案',
  };
}

function namesOf({ host, registrableName }: { readonly host: string; readonly registrableName: string | null }) {
  return registrableName === null || registrableName === host ? [host] : [host, registrableName];
}

/** As typed, and with either kind of brackets: 星河（北京）有限公司 is filed in both. */
function unitsOf(text: string, typed: string): string[] {
  const wide = typed.replaceAll('(', '（').replaceAll(')', '）');
  return [...new Set([text.trim(), typed, wide])];
}
