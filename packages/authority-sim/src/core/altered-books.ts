import type { SubjectKind } from '@openbeian/model/filing';
import { parseServiceNumber } from './filing-number.ts';
import type { Ledger } from './ledger.ts';
import type { Registry } from './registry.ts';
import type { Line } from './words.ts';

/** What a scenario alters in the authority’s books behind the providers’ backs: nobody is told, as happens. */
export type BookChange =
  /** A service or an organiser with all its services is there no more. */
  | { readonly alter: 'removed'; readonly number: string }
  /** A service has another number, and belongs to the organiser that it names. */
  | { readonly alter: 'renumbered'; readonly number: string; readonly to: string }
  | {
      readonly alter: 'holder';
      readonly number: string;
      readonly name?: string | undefined;
      readonly certificateNumber?: string | undefined;
    }
  | {
      readonly alter: 'site';
      readonly number: string;
      readonly name?: string | undefined;
      readonly domainName?: string | undefined;
    }
  | { readonly alter: 'access_removed'; readonly number: string; readonly provider: string }
  | { readonly alter: 'access_added'; readonly number: string; readonly provider: string; readonly line: Line }
  /** An organiser with a site that nobody filed over a line. */
  | {
      readonly alter: 'entered';
      readonly number: string;
      readonly name: string;
      readonly kind: SubjectKind;
      readonly certificateType: string;
      readonly certificateNumber: string;
      readonly siteName: string;
      readonly domainName: string;
      readonly provider: string;
      readonly line: Line;
    };

interface Books {
  readonly registry: Registry;
  readonly ledger: Ledger;
}

/** What keeps a change from being made, with its place; null: nothing. */
export function findAlterFault(
  { registry }: Books,
  change: BookChange,
): { readonly path: string; readonly expected: string } | null {
  const isFree = (number: string) => parseServiceNumber(number) !== undefined && !registry.services.has(number);
  const free = 'a service number that is not on record';
  if (change.alter === 'entered') return isFree(change.number) ? null : { path: 'number', expected: free };
  const isSubject = registry.subjects.has(change.number);
  const isService = registry.services.has(change.number);
  if (change.alter === 'holder')
    return isSubject ? null : { path: 'number', expected: 'an organiser’s number on record' };
  if (change.alter === 'removed') {
    return isSubject || isService ? null : { path: 'number', expected: 'a number on record' };
  }
  if (!isService) return { path: 'number', expected: 'a service’s number on record' };
  return change.alter !== 'renumbered' || isFree(change.to) ? null : { path: 'to', expected: free };
}

/** Makes the change in both books. */
export function alterBooks({ registry, ledger }: Books, change: BookChange, at: string): void {
  switch (change.alter) {
    case 'removed': {
      const scope = registry.services.has(change.number) ? 'service' : 'subject';
      const gone = { scope, number: change.number, provider: null } as const;
      registry.cancel(gone);
      ledger.cancel(gone);
      return;
    }
    case 'renumbered':
      registry.renumber(change.number, change.to, at);
      ledger.renumber(change.number, change.to, at);
      return;
    case 'holder':
      registry.alterHolder(change.number, change);
      ledger.alterHolder(change.number, change, at);
      return;
    case 'site':
      registry.alterSite(change.number, change);
      ledger.alterSite(change.number, change, at);
      return;
    case 'access_removed': {
      const gone = { scope: 'access', number: change.number, provider: change.provider } as const;
      registry.cancel(gone);
      ledger.cancel(gone);
      return;
    }
    case 'access_added':
      registry.addAccess(change.number, change.provider);
      ledger.addAccess(change.number, change.provider, change.line);
      return;
    case 'entered':
      enter({ registry, ledger }, change, at);
  }
}

function enter({ registry, ledger }: Books, change: Extract<BookChange, { alter: 'entered' }>, at: string): void {
  const { number, name, kind, certificateType, certificateNumber, siteName, domainName, provider, line } = change;
  const service = { number, kind: 'website' as const, name: siteName, domainName, accesses: [] };
  const subjectNumber = parseServiceNumber(number)?.subjectNumber ?? '';
  const subject = { number: subjectNumber, kind, name, certificateType, certificateNumber, services: [service] };
  const blacklist = { certificateNumbers: [], domainNames: [], siteNames: [] };
  const records = { subjects: [subject], takenSiteNames: [], blacklist };
  registry.seed(records, at);
  ledger.seed(records, () => line.province, at);
  registry.addAccess(number, provider);
  ledger.addAccess(number, provider, line);
}
