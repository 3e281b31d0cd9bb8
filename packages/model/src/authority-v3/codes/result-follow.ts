/** What follows from the result code (`Jgdm`) of one record. */
export type ResultFollow =
  /** The authority’s decision. */
  | { readonly act: 'approved' | 'rejected' }
  /** A note that something went well; it decides nothing. */
  | { readonly act: 'noted' }
  /** What was asked for is so already: as good as done, and not asked for again. */
  | { readonly act: 'done_already' }
  /** The same again later, once what is in the way is over. */
  | { readonly act: 'retry'; readonly afterMinutes: number }
  /** The customer changes the form at this field, or anywhere where it is null. */
  | { readonly act: 'return_to_customer'; readonly field: string | null }
  /** The provider’s own data: resources, ids, codes of tables. */
  | { readonly act: 'return_to_provider'; readonly field: string | null }
  /** Two records disagree; an operator decides, nothing is overwritten. */
  | { readonly act: 'conflict'; readonly field: string | null }
  /** Nothing more is sent to this province until an operator has looked. */
  | { readonly act: 'stop' };

/** Code, meaning in our own words, and what follows. */
export type ResultRow = readonly [code: number, zh: string, en: string, follow: ResultFollow];

export const noted = { act: 'noted' } as const;
export const doneAlready = { act: 'done_already' } as const;
export const stopQueue = { act: 'stop' } as const;
export const retryIn = (afterMinutes: number) => ({ act: 'retry', afterMinutes }) as const;
export const toCustomer = (field: string | null) => ({ act: 'return_to_customer', field }) as const;
export const toProvider = (field: string | null) => ({ act: 'return_to_provider', field }) as const;
export const inConflict = (field: string | null) => ({ act: 'conflict', field }) as const;
