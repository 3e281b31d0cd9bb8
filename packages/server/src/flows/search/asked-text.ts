import { dayOf } from '@openbeian/model/calendar';
import { rowsOn, valueOf } from '@openbeian/model/code-tables';
import { normaliseHost } from '@openbeian/model/domain-name';
import { parseFilingNumbers } from '@openbeian/model/number';
import type { Step } from '../command/step.ts';
import { subjectText } from '../filing/subject-text.ts';

export interface Asked {
  /** As it was typed, without what is around it. */
  readonly text: string;
  /** What domains and filing numbers are searched by: a host's registrable name, a number as it is written. */
  readonly name: string;
  /** The account whose things alone are searched; undefined: the provider's people search all. */
  readonly accountId: string | undefined;
}

const aroundHost = /^[a-z][a-z0-9+.-]*:\/\/|[/?#].*$/giu;
/** Before a host or in it: what no number and no unit is called. */
const hostLike = /^(?:[a-z][a-z0-9+.-]*:\/\/|[^\s/]+\.[^\s/]+(?:[/?#]|$))/iu;

/** What a search is by: people paste addresses of pages and numbers with spaces in them. */
export function askedOf(typed: string, accountId: string | undefined, at: string): Asked {
  const text = typed.normalize('NFKC').trim();
  const read = parseFilingNumbers(text, dayOf(at));
  const [number] = read.numbers;
  if (read.valid && number !== undefined && read.numbers.length === 1) {
    return { text, name: number.canonical, accountId };
  }
  const host = hostLike.test(text) ? normaliseHost(text.replace(aroundHost, '')) : null;
  const isBelow = host?.kind === 'name' && host.registrableName !== null;
  return { text, name: isBelow ? (host.registrableName ?? text) : text, accountId };
}

/** As all certificates' numbers are: letters and digits alone, long. */
const certificateLike = /^(?=.*\d)[0-9a-z]{8,30}$/iu;

/** What the organiser with a certificate of that number is kept under, whatever kind of certificate it is. */
export function hashesOf({ deps, at }: Step, { text }: Asked): string[] {
  if (!certificateLike.test(text)) return [];
  const kinds = new Set(rowsOn(deps.codeTables.certificates, dayOf(at)).map(valueOf));
  return [...kinds].flatMap((kind) => deps.vault.hashes(subjectText(kind, text), 'subject'));
}
