import type { OperationId } from '@openbeian/contract';

/** Who asks. */
export type Person = 'customer' | 'reviewer' | 'operator' | 'visitor';
/** What a filing must have come to before it can be asked about; `past` may be any that has gone by. */
export type Needs = 'draft' | 'filled' | 'bound' | 'submitted' | 'past';

export interface Kind {
  readonly what: string;
  readonly operation: OperationId | 'query';
  readonly person: Person;
  readonly writes: boolean;
  /** Query parameters of a list. */
  readonly query?: Readonly<Record<string, string>>;
  readonly needs?: Needs;
  /** The statement of a reading that the peer runs; of a writing it runs all that write, in one transaction. */
  readonly central?: RegExp;
  /** Transactions that the flow commits before the last one: it asks the authority in between. */
  readonly before?: number;
}

/** Share of the bare route's rate that is aimed at. */
export const aims = { reads: 0.6, writes: 0.5 };

const page = { limit: '20' };

/** What is asked, by a short name. */
export const kinds = {
  resources: {
    what: 'list of servers',
    operation: 'listResources',
    person: 'customer',
    writes: false,
    query: page,
    central: /FROM resource/,
  },
  codes: {
    what: 'list of codes',
    operation: 'listCodes',
    person: 'customer',
    writes: false,
    query: page,
    central: /FROM filing_code/,
  },
  filings: {
    what: 'list of filings',
    operation: 'listFilings',
    person: 'customer',
    writes: false,
    query: page,
    central: /FROM filing/,
  },
  counts: { what: 'count of filings', operation: 'countFilings', person: 'customer', writes: false, central: /./ },
  records: {
    what: 'list of records',
    operation: 'listRecords',
    person: 'customer',
    writes: false,
    query: page,
    central: /FROM (subject|service)_record/,
  },
  notices: {
    what: 'unread notices',
    operation: 'listNotices',
    person: 'customer',
    writes: false,
    query: { ...page, unread: 'true' },
    central: /FROM notice/,
  },
  filing: {
    what: 'one filing',
    operation: 'getFiling',
    person: 'customer',
    writes: false,
    needs: 'past',
    central: /FROM filing/,
  },
  form: {
    what: 'its form',
    operation: 'getFilingForm',
    person: 'customer',
    writes: false,
    needs: 'past',
    central: /FROM filing/,
  },
  check: {
    what: 'check before submitting',
    operation: 'checkFiling',
    person: 'customer',
    writes: false,
    needs: 'past',
    central: /FROM filing/,
  },
  query: { what: 'public query', operation: 'query', person: 'visitor', writes: false, central: /FROM service_record/ },
  queue: {
    what: 'queue of the review',
    operation: 'listFilings',
    person: 'reviewer',
    writes: false,
    query: { ...page, state: 'awaiting_review', order: 'due' },
    central: /FROM filing/,
  },
  issue: { what: 'issue a code', operation: 'issueCodes', person: 'customer', writes: true },
  start: { what: 'start a filing', operation: 'startFiling', person: 'customer', writes: true, before: 1 },
  save: { what: 'save its form', operation: 'saveFilingForm', person: 'customer', writes: true, needs: 'draft' },
  bind: { what: 'bind it to a server', operation: 'bindFiling', person: 'customer', writes: true, needs: 'filled' },
  submit: { what: 'submit it', operation: 'submitFiling', person: 'customer', writes: true, needs: 'bound' },
  review: {
    what: 'pass it in the review',
    operation: 'passFiling',
    person: 'reviewer',
    writes: true,
    needs: 'submitted',
  },
  upload: { what: 'upload an inventory of 20 servers', operation: 'putInventory', person: 'operator', writes: true },
} as const satisfies Readonly<Record<string, Kind>>;
export type KindName = keyof typeof kinds;

/** What one customer's visit of a mixed day is made of, one after the other; staff work beside it. */
export const day: readonly { readonly person: Person; readonly persons: number; readonly asks: readonly KindName[] }[] =
  [
    {
      person: 'customer',
      persons: 200,
      asks: [
        ...([
          'counts',
          'notices',
          'filings',
          'resources',
          'codes',
          'issue',
          'start',
          'form',
          'save',
          'check',
          'bind',
          'submit',
        ] as const),
        ...(['filing', 'filings', 'records', 'query', 'query', 'query', 'resources', 'codes'] as const),
      ],
    },
    {
      person: 'reviewer',
      persons: 8,
      asks: Array.from({ length: 25 }, () => ['queue', 'form', 'review'] as const).flat(),
    },
    { person: 'operator', persons: 2, asks: Array.from({ length: 10 }, () => 'upload' as const) },
  ];
