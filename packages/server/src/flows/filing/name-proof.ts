import { asciiName } from '@openbeian/model/domain-name';
import type { FilingRow, NameProofRow } from '../../ports/index.ts';
import type { Step } from '../command/step.ts';

/** How an account shows that a name is its own, as its people see it. */
export interface NameProofView {
  readonly domainName: string;
  /** The TXT record to add to the name's DNS; null when the account has asked for none, or it has expired or done its work. */
  readonly record: { readonly host: string; readonly value: string; readonly until: string } | null;
  readonly provenAt: string | null;
  readonly provenUntil: string | null;
  readonly method: 'dns_txt' | 'registrar' | null;
}

const isAfter = (instant: string | null, at: string): instant is string =>
  instant !== null && Date.parse(instant) > Date.parse(at);

/** Where the record is looked for, in ASCII; of its own, so that it meets no other TXT records of the name. */
export const hostOfProof = (domainName: string): string => `_openbeian.${asciiName(domainName) ?? domainName}`;
export const textOfProof = (token: string): string => `openbeian-proof=${token}`;

/** The token that still counts. */
export const tokenOf = (row: NameProofRow | null, at: string): string | null =>
  row !== null && isAfter(row.tokenUntil, at) ? row.token : null;

const isProven = (row: NameProofRow | null, at: string): boolean => row !== null && isAfter(row.provenUntil, at);

export function nameProofViewOf(row: NameProofRow | null, domainName: string, at: string): NameProofView {
  const token = tokenOf(row, at);
  const proven = isProven(row, at) ? row : null;
  return {
    domainName,
    record:
      token === null
        ? null
        : { host: hostOfProof(domainName), value: textOfProof(token), until: row?.tokenUntil ?? '' },
    provenAt: proven?.provenAt ?? null,
    provenUntil: proven?.provenUntil ?? null,
    method: proven?.method ?? null,
  };
}

/**
 * Since when a filing holds its name by the account's proof: from now on, if the proof still counts and no other account's
 * filing holds the name; null otherwise.
 */
export async function provenSince(
  { tx, at }: Step,
  filing: Pick<FilingRow, 'accountId' | 'domainName' | 'subjectHash'>,
): Promise<string | null> {
  const { accountId, domainName } = filing;
  if (!isProven(await tx.nameProofs.find(accountId, domainName), at)) return null;
  const rival = await tx.filings.findRival(filing);
  return rival?.domainName === domainName ? null : at;
}
