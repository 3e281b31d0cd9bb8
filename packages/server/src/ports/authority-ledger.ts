/** A line to the authority of one province. */
export interface LineKey {
  /** The provider’s number with the authority (`Qqdwid`, `ispId`), as text. */
  readonly provider: string;
  /** Division code of the province. */
  readonly provinceCode: string;
}

/** Why a line does not go on, in words for operators; never personal data. */
export interface LineTrouble {
  /** `msg_code` of the authority, or a word of our own. */
  readonly code: string;
  readonly zh: string;
  readonly en: string;
}

/** What takes turns on a line. */
export type LineWork = 'upload' | 'download';

export interface LineRow extends LineKey {
  /** The number of the last package that the authority has; 0: none. */
  readonly acceptedSequence: number;
  /** Files are asked for again then; null: at once. */
  readonly downloadAfter: string | null;
  /** Why not before; null: nothing is wrong, and it was looked not long ago. */
  readonly downloadBecause: LineTrouble | null;
  /** Nothing is sent until then. */
  readonly closedUntil: string | null;
  readonly closedBecause: LineTrouble | null;
  /** Nothing goes over it until an operator resumes it. */
  readonly stoppedAt: string | null;
  readonly stoppedBecause: LineTrouble | null;
  readonly lastOperation: string | null;
  readonly lastCode: number | null;
  readonly lastAt: string | null;
}

/** A line as operators see it. */
export interface LineOverview extends LineRow {
  /** Hand-overs that wait for the authority. */
  readonly waiting: number;
  /** When the longest of them was accepted. */
  readonly oldestWaitingAt: string | null;
  readonly withOperator: number;
  readonly openCases: number;
  /** The package of which it is not known whether the authority has it. */
  readonly sendingSince: string | null;
}

/** Of these the line knows that it is its turn. */
export interface Holder {
  readonly work: LineWork;
  readonly owner: string;
}

export type HandoverState = 'sending' | 'waiting' | 'retry' | 'awaiting_numbers' | 'with_operator' | 'ended';

/** A hand-over on a line: both id spaces, and what became of it. */
export interface HandoverRow extends LineKey {
  readonly submissionId: string;
  readonly filingId: string;
  /** `Czlx`. */
  readonly operation: number;
  readonly state: HandoverState;
  readonly outcome: string | null;
  readonly ownSubject: number;
  readonly ownService: number;
  readonly ownDomain: number;
  readonly ownAccess: number;
  readonly subjectId: number | null;
  readonly serviceId: number | null;
  readonly accessId: number | null;
  readonly subjectNumber: string | null;
  readonly serviceNumber: string | null;
  readonly domainName: string;
  readonly madeAt: string;
  readonly acceptedAt: string | null;
  /** When it is sent again (`retry`) or its numbers are asked for (`awaiting_numbers`). */
  readonly dueAt: string | null;
}

export interface PackageRow extends LineKey {
  readonly id: string;
  readonly sequence: number;
  /** Null: it is an answer to the authority, and of no filing. */
  readonly submissionId: string | null;
  /** The case that it answers, and who has answered it; null: none. */
  readonly caseId: string | null;
  readonly madeBy: string | null;
  readonly state: 'sending' | 'accepted' | 'unsent';
  /** `beianInfoHash`. */
  readonly contentDigest: string;
  readonly bytes: number;
  readonly paperId: string;
  readonly madeAt: string;
  readonly tries: number;
  readonly answeredAt: string | null;
  readonly answerCode: number | null;
}

/** Something that holds personal data: its own key, sealed, and what is sealed under that. */
export interface PaperRow {
  readonly id: string;
  readonly sealedKey: string;
  readonly body: Uint8Array;
  readonly keptUntil: string | null;
}

export interface DownloadRow extends LineKey {
  readonly id: string;
  readonly fileName: string;
  readonly contentDigest: string;
  /** Why it could not be read. */
  readonly trouble: string | null;
  readonly paperId: string;
  readonly fetchedAt: string;
  readonly acknowledgedAt: string | null;
}

/** A message that a file brought. */
export interface ArrivalRow extends LineKey {
  readonly messageId: string;
  readonly downloadId: string | null;
  readonly paperId: string;
  readonly madeAt: string;
}

export interface CaseRow extends LineKey {
  readonly id: string;
  readonly kind: string;
  /** What it is about, so that the same is kept once. */
  readonly about: string;
  readonly submissionId: string | null;
  readonly downloadId: string | null;
  readonly paperId: string;
  readonly openedAt: string;
  readonly endedAt: string | null;
  readonly endedBy: string | null;
  readonly ending: string | null;
}

/** The filing that something is about; null: none. */
export interface FilingNamed {
  readonly filingId: string | null;
  readonly domainName: string | null;
}

/** An open case, as it is listed. */
export interface ListedCase extends CaseRow, FilingNamed {
  /** Its hand-over goes on with what is decided about it alone. */
  readonly waits: boolean;
}

/** A subject as the authority has it. */
export interface FiledSubjectRow extends LineKey {
  readonly subjectId: number;
  readonly subjectNumber: string | null;
  readonly ownSubject: number | null;
  readonly paperId: string;
  readonly asOf: string;
  /** The authority has told since that it ended; null: it has not. */
  readonly endedAt: string | null;
}

export interface FiledServiceRow {
  readonly serviceId: number;
  readonly subjectId: number;
  readonly serviceNumber: string | null;
  readonly ownService: number | null;
  /** Of the provider’s own access. */
  readonly accessId: number | null;
  readonly domainId: number | null;
  readonly domainName: string | null;
  /** What is compared with the records here; null: the authority has not said. */
  readonly serviceName: string | null;
  readonly domainNames: readonly string[] | null;
  /** The provider’s own access is among those that it has. */
  readonly hasAccess: boolean | null;
}

/** By what a result names the record that it is about. */
export interface HandoverMark {
  readonly id?: number;
  readonly number?: string;
}

export interface LineRows {
  /** There is such a line from now on. */
  putLine(line: LineKey): Promise<void>;
  findLine(line: LineKey): Promise<LineRow | null>;
  /** As `findLine`, locked until the transaction ends. */
  findLineForUpdate(line: LineKey): Promise<LineRow | null>;
  /** Takes the line for `work` until then; false while another has it. The same owner may take it again. */
  holdLine(line: LineKey, holder: Holder, at: string, until: string): Promise<boolean>;
  /** Nothing happens where another has it meanwhile. */
  releaseLine(line: LineKey, holder: Holder): Promise<void>;
  /** The authority answered. */
  noteAnswer(line: LineKey, operation: string, code: number, at: string): Promise<void>;
  /** Nothing is sent until then; null: it is open. */
  closeLine(line: LineKey, until: string | null, because: LineTrouble | null): Promise<void>;
  /** Stops it, unless it is stopped. @returns false when it was */
  stopLine(line: LineKey, at: string, because: LineTrouble): Promise<boolean>;
  /** False when it was not stopped. */
  resumeLine(line: LineKey): Promise<boolean>;
  putDownloadAfter(line: LineKey, at: string | null, because: LineTrouble | null): Promise<void>;
  /** Files are asked for again at `awaited` while a hand-over is out on the line, else at `quiet`. */
  putNextLook(line: LineKey, at: { readonly awaited: string; readonly quiet: string }): Promise<void>;
  /** Files are asked for then at the latest. */
  hastenLook(line: LineKey, at: string): Promise<void>;
  /** Provinces of lines that run and have something to do now: a look for files, or the next step of a hand-over. */
  listBusyProvinces(provider: string, at: string): Promise<string[]>;
  setAccepted(line: LineKey, sequence: number): Promise<void>;
  /** So many of the provider’s own numbers, each given once; the first of them. */
  takeOwnIds(line: LineKey, count: number): Promise<number>;
  /** Every line with what waits on it, by province. */
  listLines(): Promise<LineOverview[]>;
}

export interface PackageRows {
  insertHandover(row: Omit<HandoverRow, 'acceptedAt' | 'dueAt' | 'outcome'>): Promise<void>;
  findHandover(submissionId: string): Promise<HandoverRow | null>;
  findHandoverForUpdate(submissionId: string): Promise<HandoverRow | null>;
  /** What is sent of it is no longer as it was: other numbers are known of it. */
  updateHandover(
    submissionId: string,
    change: Partial<
      Pick<
        HandoverRow,
        | 'state'
        | 'outcome'
        | 'acceptedAt'
        | 'dueAt'
        | 'subjectId'
        | 'serviceId'
        | 'accessId'
        | 'subjectNumber'
        | 'serviceNumber'
      >
    > & { readonly endedAt?: string | null },
  ): Promise<void>;
  /** Those that may be meant, the longest waiting first: by any of their numbers. `operation` null: of any. */
  listMeant(
    line: LineKey,
    operation: number | null,
    mark: HandoverMark,
    which: 'open' | 'ended',
  ): Promise<HandoverRow[]>;
  /** Those of a state whose time has come. */
  listDue(line: LineKey, state: 'retry' | 'awaiting_numbers', at: string, limit: number): Promise<HandoverRow[]>;
  /** Of the provider’s own numbers of a subject or a service, newest first. */
  listByOwnIds(
    line: LineKey,
    own: { readonly subject: number | null; readonly services: readonly number[] },
  ): Promise<HandoverRow[]>;

  insertPackage(row: Omit<PackageRow, 'state' | 'tries' | 'answeredAt' | 'answerCode'>): Promise<void>;
  /** The newest of a hand-over. */
  findPackageOf(submissionId: string): Promise<PackageRow | null>;
  findPackage(id: string): Promise<PackageRow | null>;
  /** The one of which nobody knows whether the authority has it. */
  findSending(line: LineKey): Promise<PackageRow | null>;
  findInSequence(line: LineKey, sequence: number): Promise<PackageRow | null>;
  /** What was taken for refused, by its digest; the newest one. */
  findUnsent(line: LineKey, contentDigest: string): Promise<PackageRow | null>;
  countTry(id: string): Promise<void>;
  /** Its number changes, where the authority counts on from another one. @returns false where it is not under way any more */
  renumberPackage(id: string, sequence: number): Promise<boolean>;
  /** What the authority answered; false where that was known already. */
  settlePackage(id: string, state: 'accepted' | 'unsent', code: number | null, at: string): Promise<boolean>;
  /** What was taken for refused is there after all, under this number; false where that was known already. */
  acceptUnsent(id: string, sequence: number, at: string): Promise<boolean>;
  /** The newest first; `before`: those with a lower number. */
  listPackages(
    line: LineKey,
    page: { readonly before?: number | undefined; readonly limit: number },
  ): Promise<(PackageRow & FilingNamed)[]>;
}

export interface CasePage {
  readonly before?: string | undefined;
  readonly limit: number;
  /** Of this province only. */
  readonly provinceCode?: string | undefined;
  /** Of this kind only. */
  readonly kind?: string | undefined;
}

export interface ArrivalRows {
  /** False when the same file is known; then nothing is written. */
  insertDownload(row: Omit<DownloadRow, 'acknowledgedAt'>): Promise<boolean>;
  findDownload(line: LineKey, fileName: string, contentDigest: string): Promise<DownloadRow | null>;
  findDownloadById(id: string): Promise<DownloadRow | null>;
  /** Those of which nobody knows whether the authority knows that they are here, the oldest first. */
  listUnacknowledged(line: LineKey, limit: number): Promise<DownloadRow[]>;
  markAcknowledged(id: string, at: string): Promise<void>;
  /** It could be read after all, or not. */
  markRead(id: string, trouble: string | null): Promise<void>;
  /** The newest first. */
  listDownloads(line: LineKey, limit: number): Promise<DownloadRow[]>;

  /** False when it is known. */
  insertArrival(row: ArrivalRow): Promise<boolean>;
  /** Those that were not taken, the oldest first. */
  listArrivals(limit: number): Promise<ArrivalRow[]>;
  markTaken(messageId: string, at: string): Promise<void>;

  /** Is it approved, and an operator has to say under which numbers? */
  isHeldByNumbers(submissionId: string): Promise<boolean>;
  /** False when the same is known. */
  insertCase(row: Omit<CaseRow, 'endedAt' | 'endedBy' | 'ending'>): Promise<boolean>;
  findCaseForUpdate(id: string): Promise<CaseRow | null>;
  /** Open ones, the newest first. */
  listCases(page: CasePage): Promise<ListedCase[]>;
  /** False when it has ended already. */
  endCase(id: string, ending: string, by: string, at: string): Promise<boolean>;
  /** Of these cases those that are open and about no hand-over, as seen. @returns those that ended */
  endCasesSeen(ids: readonly string[], by: string, at: string): Promise<readonly CaseRow[]>;
  /** Those of a hand-over that are open. */
  endCasesOf(submissionId: string, ending: string, by: string, at: string): Promise<void>;
}

export interface FiledRows {
  /** Over what is known of it, unless that is newer. @returns the paper that nobody needs any more */
  putSubject(row: Omit<FiledSubjectRow, 'endedAt'>, services: readonly FiledServiceRow[]): Promise<string | null>;
  findFiledSubject(line: LineKey, by: HandoverMark): Promise<FiledSubjectRow | null>;
  findFiledService(line: LineKey, by: HandoverMark): Promise<FiledServiceRow | null>;
  /** By the provider’s own numbers. */
  findFiledByOwn(
    line: LineKey,
    own: { readonly subject: number; readonly service: number },
  ): Promise<{ readonly subject: FiledSubjectRow | null; readonly service: FiledServiceRow | null }>;

  insertPaper(row: PaperRow): Promise<void>;
  findPaper(id: string): Promise<PaperRow | null>;
  /** In any order, without those that are gone. */
  findPapers(ids: readonly string[]): Promise<readonly PaperRow[]>;
  deletePaper(id: string): Promise<void>;
  /**
   * Deletes packages, files, messages and cases that ended before that instant, with their papers; at most `limit` of each.
   * @returns how many
   */
  deleteBefore(instant: string, limit: number): Promise<number>;

  /** Over the ones that are known, unless those are newer. */
  putTables(line: LineKey, asOf: string, tables: string): Promise<boolean>;
  /** Of which provinces there are tables, and by what it is known that they are others than before. */
  listTables(): Promise<{ readonly provinceCode: string; readonly asOf: string; readonly digest: string }[]>;
  /** Those that a province sent last; null: none. */
  findTables(provinceCode: string): Promise<{ readonly asOf: string; readonly tables: string } | null>;
}
