import type { LookUpName, ProvinceFactKey, ProvinceFacts } from '@openbeian/model/province';
import type { Stored } from './stored.ts';

export { type LookUpName, lookUpNames } from '@openbeian/model/province';

/** What each can say. */
export const lookUpFacts: Readonly<Record<LookUpName, readonly ProvinceFactKey[]>> = {
  registration: [
    'domain.isRegistered',
    'domain.isOnHold',
    'domain.daysRegistered',
    'domain.daysLeft',
    'domain.holder',
    'domain.registrarIsDomestic',
  ],
  dns: ['filed.resolveToFiledAddress'],
  home_page: ['service.isOpen', 'filed.areInOrder'],
};

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
  /** Who was asked: a service's address, a page's; null: nobody. */
  readonly source: string | null;
  readonly facts: ProvinceFacts;
  readonly said: { readonly zh: string; readonly en: string };
}

export interface LookUp {
  readonly name: LookUpName;
  /** Never throws for what the other side does or fails to do. */
  ask(question: LookUpQuestion): Promise<LookUpAnswer>;
}

/** What is to be asked about a filing, and what came of it. */
export interface LookUpRow {
  readonly filingId: string;
  readonly name: LookUpName;
  /** When it is asked next; null: not again. */
  readonly wantedAt: string | null;
  /** Questions in a row that got no answer. */
  readonly attempts: number;
  /** Null: nothing came of it yet. */
  readonly answer: (Omit<LookUpAnswer, 'name' | 'facts'> & { readonly facts: Stored<ProvinceFacts> }) | null;
  /** Keyed hash of what the answer is about; null where there is none. */
  readonly about: string | null;
}

export type WantedLookUp = Pick<LookUpRow, 'filingId' | 'name' | 'attempts'>;

export interface LookUpRows {
  /** It is to be asked at `at`, from the start; a question under way is asked again after its answer. */
  want(filingId: string, names: readonly LookUpName[], at: string): Promise<void>;
  /** The filing's, by name. */
  list(filingId: string): Promise<LookUpRow[]>;
  /** Takes what is due, the longest waiting first; each is one worker's until the lease is over. */
  lease(options: {
    readonly owner: string;
    readonly at: string;
    readonly until: string;
    readonly limit: number;
  }): Promise<WantedLookUp[]>;
  /** False when the lease was lost, or it was wanted again since: then this answer counts for nothing. */
  record(
    wanted: WantedLookUp,
    owner: string,
    outcome: {
      readonly answer: LookUpAnswer;
      readonly about: string;
      readonly attempts: number;
      readonly wantedAt: string | null;
    },
  ): Promise<boolean>;
  /** Gives it back: asked again from then on, or (null) not again. What came of the last one stays. */
  release(wanted: WantedLookUp, owner: string, wantedAt: string | null): Promise<void>;
}
