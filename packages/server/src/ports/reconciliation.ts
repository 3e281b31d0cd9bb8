import type { RecordState, ServiceKind, SubjectKind } from '@openbeian/model/filing';
import type { DifferenceKind, DifferenceState } from '@openbeian/model/reconciliation';
import type { FiledServiceRow, FiledSubjectRow, LineKey, LineTrouble } from './authority-ledger.ts';
import type { PageRequest } from './paging.ts';

/** One run over a line that compares both books. */
/** What a run has come to, by numbers of records. */
export interface RunCounts {
  readonly compared: number;
  readonly asked: number;
  /** Left out: something about them is with the authority, or they could not be read or asked about. */
  readonly skipped: number;
  /** Of these, those with something at the authority. */
  readonly waiting: number;
  /** Services of kinds that the interface does not carry. */
  readonly uncarried: number;
  /** Compared by their names at most: the authority has not delivered what else is compared. */
  readonly unsaid: number;
  readonly found: number;
}

export interface ReconciliationRow extends LineKey, RunCounts {
  readonly id: string;
  readonly startedAt: string;
  readonly startedBy: string;
  readonly phase: 'ours' | 'theirs';
  /** The last record that was compared, by its id; empty: none yet. */
  readonly afterId: string;
  /** It goes on then. */
  readonly dueAt: string;
  /** How often in a row it waited at the same record. */
  readonly waits: number;
  readonly because: LineTrouble | null;
  readonly endedAt: string | null;
  readonly ending: 'done' | 'called_off' | null;
}

/** What one step of a run has come to, with how many more there are of each. */
export interface ReconciliationStep extends RunCounts {
  readonly phase: 'ours' | 'theirs';
  readonly afterId: string;
  readonly dueAt: string;
  readonly waits: number;
  readonly because: LineTrouble | null;
  /** Nothing is left to compare. */
  readonly isDone: boolean;
}

export interface DifferenceRow extends LineKey {
  readonly id: string;
  readonly kind: DifferenceKind;
  /** Id of the record here, or `there:` and the authority’s number of the service. */
  readonly about: string;
  readonly serviceNumber: string | null;
  readonly domainName: string | null;
  readonly filedSubjectId: number | null;
  /** What either side says, masked where it is about a person. */
  readonly ours: string | null;
  readonly theirs: string | null;
  /** Of what they say in the clear. */
  readonly digest: string;
  readonly state: DifferenceState;
  readonly submissionId: string | null;
  readonly foundAt: string;
  readonly confirmedAt: string;
  readonly endedAt: string | null;
  readonly endedBy: string | null;
  readonly ending: 'agrees' | 'taken_over' | null;
}

/** A record here, as far as it is compared. */
export interface RecordToCompare {
  readonly id: string;
  readonly number: string;
  readonly serviceKind: ServiceKind;
  readonly serviceName: string;
  readonly domainName: string;
  readonly state: RecordState;
  readonly recordedAt: string;
  readonly subjectRecordId: string;
  readonly subjectNumber: string;
  readonly subjectKind: SubjectKind;
  readonly subjectHash: string;
  readonly sealedName: string;
  readonly provinceCode: string;
  readonly isSubjectCancelled: boolean;
  readonly hasAccess: boolean;
}

/** A service of the authority’s with its organiser. */
export interface FiledRecordRow extends FiledServiceRow, LineKey {
  /** When it was last delivered; null: before what is compared was kept. */
  readonly asOf: string | null;
  readonly endedAt: string | null;
  readonly subject: Pick<FiledSubjectRow, 'subjectId' | 'subjectNumber' | 'ownSubject' | 'paperId'>;
}

export interface DifferenceFilter extends PageRequest {
  readonly provinceCode?: string | undefined;
  readonly kind?: DifferenceKind | undefined;
  readonly state?: DifferenceState | undefined;
}

export interface ReconciliationRows {
  /** False where one of the line is under way. */
  startReconciliation(row: LineKey & Pick<ReconciliationRow, 'id' | 'startedAt' | 'startedBy'>): Promise<boolean>;
  findReconciliation(id: string): Promise<ReconciliationRow | null>;
  /** The one of that line that is under way. */
  findOpenReconciliation(line: LineKey): Promise<ReconciliationRow | null>;
  /** One that is due and that nobody works on, for `owner` until then. */
  leaseReconciliation(owner: string, at: string, until: string): Promise<ReconciliationRow | null>;
  /** Goes on from `row`, and gives it back; false where it is not the owner’s any more, or has ended. */
  advanceReconciliation(row: ReconciliationRow, owner: string, step: ReconciliationStep, at: string): Promise<boolean>;
  /** False when it has ended already. */
  callOffReconciliation(id: string, at: string): Promise<boolean>;
  /** The newest first. */
  listReconciliations(
    page: PageRequest & { readonly provinceCode?: string | undefined },
  ): Promise<readonly ReconciliationRow[]>;

  /** The records behind that id, with the access of that provider, in their order, whatever province they are of. */
  listRecordsToCompare(
    provider: string,
    page: { readonly afterId: string; readonly limit: number },
  ): Promise<readonly RecordToCompare[]>;
  findRecordToCompare(provider: string, id: string): Promise<RecordToCompare | null>;
  /** What the authority has behind that number of a service, in its order. */
  listFiledRecords(line: LineKey, afterServiceId: number, limit: number): Promise<readonly FiledRecordRow[]>;
  /** By the number or the name: the one that was delivered last; of two that came together, that of the number. */
  findFiledRecord(
    line: LineKey,
    by: { readonly number: string; readonly domainName: string } | { readonly serviceId: number },
  ): Promise<FiledRecordRow | null>;
  /** When the authority last approved something about any of these, and whether something is still with it. */
  findLastDecision(
    line: LineKey,
    about: {
      readonly serviceNumber: string | null;
      readonly subjectNumber: string | null;
      readonly ownService: number | null;
      readonly ownSubject: number | null;
    },
  ): Promise<{ readonly decidedAt: string | null; readonly isWaiting: boolean }>;

  /** Notes that everything of ours is being delivered. @param gap files further apart are of two deliveries */
  noteSync(line: LineKey, at: string, gapMs: number): Promise<void>;
  /** From the first file of the last full synchronisation to its last one so far. */
  findSync(line: LineKey): Promise<{ readonly from: string; readonly to: string } | null>;
  /**
   * The authority has told that it ended: an organiser with all its services, or one service.
   * @returns when that was told first, of its last end; null: nothing of it was delivered
   */
  endFiled(line: LineKey, scope: 'subject' | 'service', id: number, at: string): Promise<string | null>;
  /** Our access to it has ended there. */
  endFiledAccess(line: LineKey, serviceId: number): Promise<void>;

  /** Found once more where it is known. It is open again where it has become another one, or what was sent about it is decided. */
  putDifference(
    row: Omit<DifferenceRow, 'state' | 'submissionId' | 'confirmedAt' | 'endedAt' | 'endedBy' | 'ending'>,
  ): Promise<void>;
  /** Those about it of other kinds are no differences any more. */
  endDifferencesBut(line: LineKey, about: string, kinds: readonly DifferenceKind[], at: string): Promise<void>;
  findDifference(id: string): Promise<DifferenceRow | null>;
  findDifferenceForUpdate(id: string): Promise<DifferenceRow | null>;
  /** The one that was sent under this id. */
  findSentDifference(submissionId: string): Promise<DifferenceRow | null>;
  /** Those that have not ended, the newest first. */
  listDifferences(filter: DifferenceFilter): Promise<readonly DifferenceRow[]>;
  /** How many of a line have not ended; those that somebody has seen are not counted. */
  countDifferences(line: LineKey): Promise<number>;
  setDifference(id: string, state: DifferenceState, submissionId: string | null): Promise<void>;
  endDifference(id: string, ending: 'agrees' | 'taken_over', by: string, at: string): Promise<boolean>;
}
