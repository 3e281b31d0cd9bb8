import type { AuthorityCaseKind } from '@openbeian/model/authority-case';
import { type RecordResult, readResults } from '@openbeian/model/authority-v3';
import type { HandoverRow } from '../../ports/index.ts';
import { type AppliedFile, keepCase } from './applied-file.ts';
import { approve, findNumbers, reasonsOf, reject } from './verdicts.ts';

type Results = NonNullable<NonNullable<AppliedFile['data']['ICP']>['BAJG']>;
type Opinion = NonNullable<NonNullable<Results['GJSHS']>['Gjsh']>[number];

/** Results of uploads (`BAJG`): each decides the hand-over that it is about, or is kept for an operator. */
export async function applyResults(file: AppliedFile): Promise<void> {
  const results = file.data.ICP?.BAJG;
  if (results === undefined) return;
  // What approves and says nothing more is in the results already.
  const opinions = new Set((results.GJSHS?.Gjsh ?? []).filter(({ Shjg, Shyj }) => Shjg !== 1 || Shyj !== undefined));
  const read = readResults(results);
  for (const [index, result] of read.entries()) {
    const opinion = opinionOn(result, opinions, read);
    if (opinion !== null) opinions.delete(opinion);
    await applyResult(file, result, { opinion: opinion?.Shyj?.trim() || null, place: index });
  }
  for (const opinion of opinions) {
    await keepCase(file, { kind: 'reviewer_opinion', about: aboutOf(file, JSON.stringify(opinion)), content: opinion });
  }
}

/** Unlike anything else of the file, and the same when it comes again. */
const aboutOf = ({ downloadId }: AppliedFile, place: string | number): string => `${downloadId}:${place}`;

/** What a reviewer of the authority wrote on this record: by its id, or where that is missing and only one can be meant. */
function opinionOn(result: RecordResult, opinions: ReadonlySet<Opinion>, all: readonly RecordResult[]): Opinion | null {
  const { mark, operationCode } = result;
  const id = 'id' in mark ? mark.id : null;
  const ofOperation = [...opinions].filter(({ Czlx }) => Czlx === undefined || Czlx === operationCode);
  const named = ofOperation.find(({ Jlid }) => Jlid !== undefined && Jlid === id);
  if (named !== undefined) return named;
  const isRejected = (each: RecordResult) => each.codes.some(({ follow }) => follow.act === 'rejected');
  const nameless = ofOperation.filter(({ Jlid, Shjg }) => Jlid === undefined && Shjg === 0);
  const rejected = all.filter((each) => each.operationCode === operationCode && isRejected(each));
  return nameless.length === 1 && rejected.length === 1 && rejected[0] === result ? (nameless[0] ?? null) : null;
}

interface OfResult {
  readonly opinion: string | null;
  readonly place: number;
}

async function applyResult(file: AppliedFile, result: RecordResult, { opinion, place }: OfResult): Promise<void> {
  const handover = await findMeant(file, result);
  const keep = (kind: AuthorityCaseKind, submissionId: string | null) =>
    keepCase(file, {
      kind,
      about: aboutOf(file, place),
      submissionId,
      isNote: kind === 'note',
      content: { result, opinion },
    });
  if (handover === null) {
    if (await isTold(file, result)) return;
    return keep('unmatched_result', null);
  }
  const { submissionId } = handover;
  const withOperator = async (kind: AuthorityCaseKind) => {
    await file.ledger.updateHandover(submissionId, { state: 'with_operator', dueAt: null });
    await keep(kind, submissionId);
  };
  switch (result.outcome) {
    case 'approved':
    case 'done_already':
      await approve(file, handover, file.downloadId);
      return;
    case 'open':
      return keep('note', submissionId);
    case 'retry':
      return retryLater(file, handover, result);
    case 'unclear':
      return withOperator('unclear_result');
    case 'conflict':
      // The authority has not taken it: its customer has to know, and an operator, since two records disagree.
      await reject(file, handover, reasonsOf(result, opinion), file.downloadId);
      return keep('conflict', submissionId);
    case 'rejected': {
      const acts = new Set(result.codes.map(({ follow }) => follow.act));
      if (acts.has('stop')) {
        await stopBecause(file, result);
        return withOperator('stopped_by_result');
      }
      // What is wrong is the provider’s own: its customer could change nothing.
      if (!acts.has('rejected') && !acts.has('return_to_customer')) return withOperator('returned_to_provider');
      await reject(file, handover, reasonsOf(result, opinion), file.downloadId);
    }
  }
}

async function retryLater({ ledger, at }: AppliedFile, { submissionId }: HandoverRow, { codes }: RecordResult) {
  const minutes = Math.max(...codes.map(({ follow }) => (follow.act === 'retry' ? follow.afterMinutes : 0)));
  const dueAt = new Date(Date.parse(at) + minutes * 60_000).toISOString();
  await ledger.updateHandover(submissionId, { state: 'retry', dueAt });
}

async function stopBecause({ ledger, line, at }: AppliedFile, { codes }: RecordResult): Promise<void> {
  const stopping = codes.find(({ follow }) => follow.act === 'stop');
  if (stopping === undefined) return;
  await ledger.stopLine(line, at, { code: String(stopping.code), zh: stopping.zh, en: stopping.en });
}

/**
 * The hand-over that a result is about, by our own numbers or by the authority’s. One line has never two open that are known by the same
 * (`refuseOccupied`), but for what was handed over before the authority’s number of it was known.
 */
async function findMeant(file: AppliedFile, { mark, operationCode }: RecordResult): Promise<HandoverRow | null> {
  const { ledger, line } = file;
  if (mark.by === 'nothing') return null;
  const by = mark.by === 'number' ? { number: mark.number } : { id: mark.id };
  const named = await ledger.listMeant(line, operationCode, by, 'open');
  if (named.length > 0) return only(file, named);
  // By a number of the authority’s that a file has brought since.
  const subject = await ledger.findFiledSubject(line, by);
  const number = subject?.subjectNumber ?? null;
  if (number === null) return null;
  return only(file, await ledger.listMeant(line, operationCode, { number }, 'open'));
}

/** The same verdict once more, in another file: it was told. */
async function isTold({ ledger, line }: AppliedFile, { mark, operationCode, outcome }: RecordResult): Promise<boolean> {
  if (mark.by === 'nothing') return false;
  const by = mark.by === 'number' ? { number: mark.number } : { id: mark.id };
  const told = outcome === 'approved' || outcome === 'done_already' ? 'approved' : 'rejected';
  const over = await ledger.listMeant(line, operationCode, by, 'ended');
  return outcome === 'open' || over.some((row) => row.outcome === told);
}

/** Of several the one that is on record by now, or that is not; null where nobody can say. */
async function only({ ledger, line }: AppliedFile, rows: readonly HandoverRow[]): Promise<HandoverRow | null> {
  if (rows.length <= 1) return rows[0] ?? null;
  const numbered: HandoverRow[] = [];
  for (const row of rows) if ((await findNumbers(ledger, line, row)) !== null) numbered.push(row);
  return numbered.length === 1 ? (numbered[0] ?? null) : null;
}
