import { invalidInput, parseSafely } from '@openbeian/model/fault';
import { filingKindTable } from '@openbeian/model/filing';
import type { FilingDocument } from '@openbeian/model/forms';
import { createLookUps, type LookUpAnswer, type LookUpName, rdapBootstrapSchema } from '@openbeian/server/main';
import { readDocument } from '../io/read-document.ts';
import type { Lang } from '../io/words.ts';

export type { LookUpAnswer };

/** Who is asked, and how. */
export interface OutsideQuestion {
  readonly names: readonly LookUpName[];
  /** A file of RFC 9224; without it no registry is known. */
  readonly bootstrap?: string | undefined;
  readonly dnsServers: readonly string[];
  readonly lang: Lang;
  /** Now, as ISO 8601. */
  readonly now: () => string;
}

const timeoutMs = 5_000;

/**
 * Asks services outside about a filing, one after the other, each once. Nobody that is not named is asked, and the answers say so.
 * @throws InputError for an invalid bootstrap file
 */
export async function askOutside(filing: FilingDocument, question: OutsideQuestion): Promise<LookUpAnswer[]> {
  const { names, bootstrap, dnsServers, lang, now } = question;
  const known =
    bootstrap === undefined
      ? { services: [] }
      : readDocument(bootstrap, lang, (document) => {
          const read = parseSafely(rdapBootstrapSchema, document);
          if (!read.success) throw invalidInput(read.error);
          return read.data;
        });
  const answers: LookUpAnswer[] = [];
  for (const lookUp of createLookUps({ bootstrap: known, dnsServers, timeoutMs, now })) {
    if (!names.includes(lookUp.name) || filing.domainName === '') answers.push(notAsked(lookUp.name));
    else answers.push(await lookUp.ask(aboutFiling(filing)));
  }
  return answers;
}

const notAsked = (name: LookUpName): LookUpAnswer => ({
  name,
  state: 'not_asked',
  askedAt: null,
  source: null,
  facts: {},
  said: { zh: '未查询', en: 'Nobody was asked' },
});

function aboutFiling({ domainName, kind, values }: FilingDocument) {
  const name = values['subject.name'];
  const ranges = values['service.access.ipRanges'];
  return {
    domainName: domainName.toLowerCase(),
    subjectName: typeof name === 'string' ? name.trim() : '',
    isFiled: filingKindTable[kind].about === 'service',
    ranges: (Array.isArray(ranges) ? ranges : []).flatMap((range: unknown) => {
      const { first, last } = (range ?? {}) as { readonly first?: unknown; readonly last?: unknown }; // whatever was given
      return typeof first === 'string' && typeof last === 'string' ? [{ first, last }] : [];
    }),
  };
}
