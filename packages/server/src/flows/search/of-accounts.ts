import type { RecordState } from '@openbeian/model/filing';
import type { CodeRow, FilingListRow, ServiceListRow } from '../../ports/index.ts';
import { findCodeByText } from '../code/code-text.ts';
import { maySee } from '../command/permission.ts';
import type { Step } from '../command/step.ts';
import { filingViewOf } from '../filing/filing-view.ts';
import { type Asked, hashesOf } from './asked-text.ts';
import { type Hit, lineOf, matchOf } from './hit.ts';

interface Text {
  readonly zh: string;
  readonly en: string;
}

/** What is said of a record that is not simply in force. */
const recordStateWords: Readonly<Record<RecordState, Text | null>> = {
  filed: null,
  cancelled: { zh: '已注销', en: 'Cancelled' },
  suspended: { zh: '已暂停', en: 'Suspended' },
  blacklisted: { zh: '列入黑名单', en: 'Blacklisted' },
};

/** What has become of a code for good; whether an open one works is for its own page to say. */
const codeEndWords = {
  used: { zh: '已使用', en: 'Used' },
  revoked: { zh: '已撤销', en: 'Revoked' },
} as const satisfies Readonly<Record<string, Text>>;

const codeTitle = (tail: string): string => `•••• ${tail}`;

/** So many of a list are looked at for the best of them. */
export const page = { limit: 20 } as const;

/** By domain, number and service name, or the whole id. */
export async function findFilings({ deps, tx, actor }: Step, { text, name, accountId }: Asked): Promise<Hit[]> {
  const listed = await tx.filings.listPage({ accountId, search: name, order: 'newest', ...page });
  const named = text.startsWith('fil_') ? await tx.filings.listByIds([text]) : [];
  return [...named, ...listed]
    .filter((filing) => maySee(actor, filing.accountId))
    .map((filing: FilingListRow) => {
      const { id, accountId: owner, domainName, kindText, stateText, ...shown } = filingViewOf(deps, filing, actor);
      const number = shown.serviceNumber ?? shown.subjectNumber;
      const match = matchOf([id, domainName, number], [text, name]);
      return {
        id,
        title: domainName === '' ? (number ?? id) : domainName,
        detail: lineOf(kindText, stateText),
        accountId: owner,
        match,
      };
    });
}

type FoundService = Pick<ServiceListRow, 'number' | 'domainName' | 'serviceName' | 'state'>;

/** By number, domain and service name; by the whole number of the organiser's certificate. */
export async function findRecords(step: Step, asked: Asked): Promise<Hit[]> {
  const { tx, actor } = step;
  const { text, name, accountId } = asked;
  const hashes = hashesOf(step, asked);
  const [subject] = hashes.length === 0 ? [] : await tx.records.listSubjectsByHash(hashes);
  const held =
    subject !== undefined && maySee(actor, subject.accountId) ? await tx.records.listServicesOfSubject(subject.id) : [];
  const search = { search: name, ...page };
  const listed =
    accountId === undefined
      ? await tx.records.findServices(search)
      : await tx.records.listServices({ accountId, ...search });
  const hitOf = ({ number, domainName, serviceName, state }: FoundService, match: Hit['match']): Hit => ({
    id: number,
    title: domainName === '' ? serviceName : domainName,
    detail: lineOf(number, domainName === '' ? null : serviceName, recordStateWords[state]),
    accountId: null,
    match,
  });
  return [
    ...held.map((service) => hitOf(service, 'whole')),
    ...listed.map((service) =>
      hitOf(service, matchOf([service.number, service.domainName, service.serviceName], [text, name])),
    ),
  ];
}

/** By id, product, region and, for the provider's people, account. */
export async function findResources({ deps, tx, actor }: Step, { text, accountId }: Asked): Promise<Hit[]> {
  const named = (await tx.resources.listByIds([text])).filter((row) => maySee(actor, row.accountId));
  const listed = await tx.resources.listPage({ accountId, search: text, ...page });
  return [...named, ...listed].map(({ id, accountId: owner, provider, product, facts }) => ({
    id,
    title: id,
    detail: lineOf(
      deps.policies.get(provider)?.products.get(product)?.at(-1)?.name ?? `${provider}/${product}`,
      facts.region ?? null,
      facts.publicIps?.[0]?.address ?? null,
    ),
    accountId: owner,
    match: matchOf([id], [text]),
  }));
}

/** By the whole code, its tail, its note and its accounts; a customer's are those that it issued and that were granted to it. */
export async function findCodes(step: Step, { text, accountId }: Asked): Promise<Hit[]> {
  const { tx, actor } = step;
  const whole = await findCodeByText(step, text);
  const mine = accountId === undefined ? {} : { partyAccountId: accountId };
  const listed = whole === null ? await tx.codes.list({ ...mine, search: text, ...page }) : [];
  return [...(whole === null ? [] : [whole]), ...listed]
    .filter(({ issuerAccountId, granteeAccountId }) => maySee(actor, issuerAccountId, granteeAccountId))
    .map((code) => ({
      id: code.id,
      title: codeTitle(code.tail),
      detail: lineOf(code.note, code.resourceId, endOf(code)),
      accountId: code.issuerAccountId,
      match: code === whole ? 'whole' : matchOf([code.tail, code.note], [text]),
    }));
}

function endOf({ usedAt, revokedAt }: CodeRow) {
  if (revokedAt !== null) return codeEndWords.revoked;
  return usedAt === null ? null : codeEndWords.used;
}
