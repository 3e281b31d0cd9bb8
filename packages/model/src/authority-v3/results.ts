import type { Finding } from '../forms/engine/definition.ts';
import { type ResultCode, resultCodeOf, resultOperations } from './codes/result-codes.ts';
import { remedyTexts } from './words.ts';

/** The results of a download (`BAJG`), as far as they are read; anything may be missing. */
export interface ResultsToRead {
  readonly Jg_xx?:
    | readonly {
        readonly Jgxx?:
          | readonly { readonly Jgdm?: number | undefined; readonly Dmms?: string | undefined }[]
          | undefined;
        readonly Czlx?: number | undefined;
        readonly Bs?: string | undefined;
      }[]
    | undefined;
}

/** What a record that results are about is known by (`Bs`). */
export type ResultMark =
  /** Of a new filing: the provider's own number of the subject. */
  | { readonly by: 'own_subject'; readonly id: number }
  /** The authority's number of the subject. */
  | { readonly by: 'authority_subject'; readonly id: number }
  /** A filing number, of a subject or a service. */
  | { readonly by: 'number'; readonly number: string }
  | { readonly by: 'nothing' };

export interface RecordResult {
  /** Null where the code (`Czlx`) is none that the interface has. */
  readonly operation: (typeof resultOperations)[keyof typeof resultOperations] | null;
  readonly operationCode: number | null;
  readonly mark: ResultMark;
  readonly codes: readonly (ResultCode & { readonly isKnown: boolean; readonly said: string | null })[];
  /**
   * What became of it. `open`: only notes, so the decision is still to come; `unclear`: it says both, or nothing that is known.
   */
  readonly outcome: 'approved' | 'rejected' | 'conflict' | 'retry' | 'done_already' | 'open' | 'unclear';
}

/** Results record by record. Codes that the interface does not have are kept and decide nothing. */
export function readResults({ Jg_xx = [] }: ResultsToRead): readonly RecordResult[] {
  return Jg_xx.map(({ Jgxx = [], Czlx, Bs }) => {
    const codes = Jgxx.flatMap(({ Jgdm, Dmms }) =>
      Jgdm === undefined ? [] : [{ ...resultCodeOf(Jgdm), said: Dmms ?? null }],
    );
    const operation = operationOf(Czlx);
    return { operation, operationCode: Czlx ?? null, mark: markOf(operation, Bs), codes, outcome: outcomeOf(codes) };
  });
}

function operationOf(code: number | undefined): RecordResult['operation'] {
  const known = Object.entries(resultOperations).find(([each]) => Number(each) === code);
  return known?.[1] ?? null;
}

function markOf(operation: RecordResult['operation'], text = ''): ResultMark {
  const mark = text.trim();
  if (mark === '') return { by: 'nothing' };
  const id = /^\d{1,15}$/.test(mark) ? Number(mark) : null;
  if (id === null) return { by: 'number', number: mark };
  return operation === 'new_filing' ? { by: 'own_subject', id } : { by: 'authority_subject', id };
}

function outcomeOf(codes: RecordResult['codes']): RecordResult['outcome'] {
  if (codes.length === 0 || codes.some(({ isKnown }) => !isKnown)) return 'unclear';
  const acts = new Set(codes.map(({ follow }) => follow.act));
  acts.delete('noted');
  if (acts.size === 0) return 'open';
  if (acts.has('approved')) return acts.size === 1 ? 'approved' : 'unclear';
  if (acts.has('conflict')) return 'conflict';
  if (acts.size === 1 && acts.has('retry')) return 'retry';
  if (acts.size === 1 && acts.has('done_already')) return 'done_already';
  return 'rejected';
}

/**
 * A result as findings of the form: at the field that the code is about, with the authority’s own words where it gave some. Approvals
 * and notes are none.
 */
export function findingsOfResult({ codes }: Pick<RecordResult, 'codes'>): readonly Finding[] {
  return codes.flatMap(({ code, zh, en, follow, said }): Finding[] => {
    if (follow.act === 'approved' || follow.act === 'noted' || follow.act === 'done_already') return [];
    const words = said === null || said === zh ? null : said;
    return [
      {
        field: 'field' in follow ? follow.field : null,
        rule: `authority.${code}`,
        message: {
          zh: `管局退回（${code}）：${zh}${words === null ? '' : `。管局说明：${words}`}`,
          en: `Returned by the authority (${code}): ${en}${words === null ? '' : `. In its own words: ${words}`}`,
        },
        remedy:
          follow.act === 'return_to_customer' || follow.act === 'rejected'
            ? remedyTexts.customer
            : remedyTexts.provider,
        source: 'ISP-V3',
        from: 'authority',
      },
    ];
  });
}
