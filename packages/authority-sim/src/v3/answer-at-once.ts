import type { DownloadToPack, UploadData } from '@openbeian/authority-wire/v3';
import type { SimState } from '../core/sim-state.ts';
import type { Line } from '../core/words.ts';
import { fileFaults } from './attachment-faults.ts';
import { attachmentsOf } from './attachments.ts';
import type { Result } from './compose.ts';
import { text } from './filed-record.ts';
import { unfiledResults } from './own-tables.ts';
import { operationCodes } from './read-records.ts';
import { reasonOf } from './reason.ts';
import type { SimRules } from './rules.ts';

type Icp = Extract<UploadData, { readonly ICP: unknown }>['ICP'];

/** What providers are asked: to verify a subject, or what became of an unfiled site. */
export const askKey = ({ unit }: Line, what: 'task' | 'unfiled', key: string | number): string =>
  `${what} ${unit} ${key}`;

interface AtOnceContext {
  readonly state: SimState;
  readonly rules: SimRules;
  readonly line: Line;
  readonly today: string;
}

export interface AnsweredAtOnce {
  readonly results: readonly Result[];
  /** What was asked, with the provider's answer. */
  readonly answers: readonly { readonly ask: string; readonly answer: number }[];
  readonly records: number;
}

/** What no reviewer decides: verification results, what became of unfiled sites, and attachments alone. */
export function answerAtOnce(icp: Icp, context: AtOnceContext): AnsweredAtOnce {
  const { state, line } = context;
  const results: Result[] = [];
  const answers: { ask: string; answer: number }[] = [];
  const answer = (ask: string, given: number, wrong: { readonly unknown: Result; readonly again: Result }) => {
    const known = answers.some((each) => each.ask === ask) ? 0 : state.asked.get(ask);
    if (known === undefined) results.push(wrong.unknown);
    else if (known !== null) results.push(wrong.again);
    else answers.push({ ask, answer: given });
  };
  for (const { Hsjg, Baxx } of icp.HSJG?.Hsjgxx ?? []) {
    const { Ztid } = Baxx.Zt_xx;
    const fault = (said: string) => resultOf([reasonOf(1016, null, said)], operationCodes.change, String(Ztid));
    const wrong = { unknown: fault('没有该主体的核实任务'), again: fault('该核实任务已上报结果') };
    answer(askKey(line, 'task', Ztid), Hsjg, wrong);
  }
  for (const { Ym, Cljg } of icp.WBACLJG?.Clxx ?? []) {
    const fault = (code: number) => resultOf([reasonOf(code, null)], operationCodes.new_filing, Ym);
    if (!unfiledResults.some(([id]) => id === Cljg)) results.push(fault(5007));
    else answer(askKey(line, 'unfiled', Ym), Cljg, { unknown: fault(5005), again: fault(5006) });
  }
  const files = icp.XZHYD?.Fjxx ?? [];
  results.push(...files.map((file) => attachmentResult(file, context)));
  const records = (icp.HSJG?.Hsjgxx.length ?? 0) + (icp.WBACLJG?.Clxx.length ?? 0) + files.length;
  return { results, answers, records };
}

function attachmentResult(
  file: NonNullable<Icp['XZHYD']>['Fjxx'][number],
  { state, rules, today }: AtOnceContext,
): Result {
  const [read] = attachmentsOf([file]);
  if (read === undefined) throw new Error('one file was given');
  const { ledger } = state;
  const isSubject = read.about === 1;
  const known = isSubject
    ? (ledger.subjects.get(read.owner) ?? ledger.subjectOf(Number(read.owner)))
    : (ledger.services.get(read.owner) ?? ledger.serviceOf(Number(read.owner)));
  const faults = fileFaults(read, rules, today);
  if (known === undefined) faults.push(reasonOf(isSubject ? 1058 : 1059, null));
  return resultOf(faults.length > 0 ? faults : [reasonOf(1060, null)], operationCodes.attachments, read.owner);
}

export function resultOf(
  reasons: readonly ReturnType<typeof reasonOf>[],
  operation: number,
  mark: string | null,
): Result {
  return {
    Jgxx: reasons.map((reason) => ({ Jgdm: Number(reason.code), Dmms: text(reason.text, 255) })),
    Czlx: operation,
    ...(mark !== null && { Bs: mark }),
  };
}

/** Results as a part of a download. */
export const resultsPart = (results: readonly Result[]): DownloadToPack => ({ ICP: { BAJG: { Jg_xx: results } } });
