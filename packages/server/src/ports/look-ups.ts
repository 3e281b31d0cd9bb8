import type { ProvinceFacts } from '@openbeian/model/province';

/** What can be asked of services outside that speak a public protocol. */
export const lookUpNames = ['registration', 'dns', 'home_page'] as const;
export type LookUpName = (typeof lookUpNames)[number];

/** What is asked about; everything in it is on the form. */
export interface LookUpQuestion {
  /** The registrable name, in ASCII. */
  readonly domainName: string;
  /** The organiser's name, to be compared with a holder's. */
  readonly subjectName: string;
  /** Is it a filing of a site that is already filed elsewhere? */
  readonly isFiled: boolean;
  /** The addresses that are filed. */
  readonly ranges: readonly { readonly first: string; readonly last: string }[];
}

/**
 * What came of one look-up. Nobody was asked, and the facts are empty, in `not_asked`; in `failed` somebody was and gave no
 * answer. What an answer leaves open is missing in the facts.
 */
export interface LookUpAnswer {
  readonly name: LookUpName;
  readonly state: 'not_asked' | 'answered' | 'failed';
  /** When, as ISO 8601; null: nobody was asked. */
  readonly askedAt: string | null;
  readonly facts: ProvinceFacts;
  readonly said: { readonly zh: string; readonly en: string };
}

export interface LookUp {
  readonly name: LookUpName;
  /** Never throws for what the other side does or fails to do. */
  ask(question: LookUpQuestion): Promise<LookUpAnswer>;
}
