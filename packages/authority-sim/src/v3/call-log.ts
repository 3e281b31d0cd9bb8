import type { Operation } from '@openbeian/authority-wire/v3';
import type { Line } from '../core/words.ts';
import type { FaultName } from './mischief.ts';

/** What a provider's system did wrong in a call, by name. */
const mistakes = [
  'not_soap',
  'unknown_unit',
  'wrong_user_name',
  'wrong_password_hash',
  'short_rand_val',
  'reused_rand_val',
  'province_not_admitted',
  'outside_hours',
  'no_file',
  'file_too_large',
  'unknown_encryption',
  'unknown_hash_algorithm',
  'unknown_compression',
  'not_decryptable',
  'wrong_hash',
  'broken_zip',
  'not_one_file',
  'sequence_malformed',
  'sequence_gap',
  'sequence_reused',
  'not_gbk',
  'not_xml',
  'wrong_version',
  'wrong_schema',
  'wrong_unit',
  'too_many_records',
  'acknowledged_nothing',
  'acknowledged_unknown_file',
  'malformed_query',
  'too_many_password_tries',
] as const;
export type Mistake = (typeof mistakes)[number];

export interface LoggedCall {
  readonly n: number;
  readonly at: string;
  readonly operation: Operation | null;
  readonly line: Line | null;
  /** `msg_code`; null where the answer was a SOAP fault. */
  readonly code: number | null;
  readonly mistake: Mistake | null;
  /** Faults of the authority's own that were played in this call. */
  readonly faults: readonly FaultName[];
  /** Sequence, file name or places in the document; never personal data. */
  readonly detail: string | null;
}

const mostKept = 20_000;

/** Every call over interface V3.0 and what was wrong with it, for reports and pages. Not in the journal. */
export class CallLog {
  readonly #calls: LoggedCall[] = [];
  #count = 0;

  note(call: Omit<LoggedCall, 'n'>): void {
    this.#count += 1;
    this.#calls.push({ n: this.#count, ...call });
    if (this.#calls.length > mostKept) this.#calls.shift();
  }

  get calls(): readonly LoggedCall[] {
    return this.#calls;
  }
}
