import type { WorkingCalendar } from '@openbeian/model/calendar';
import type { CodeTables } from '@openbeian/model/code-tables';
import type { PolicySet } from '@openbeian/model/eligibility';
import type { ReturnReason, SecondLookPolicy, SideBySide, SiteMeanwhileRows, TimeLimit } from '@openbeian/model/filing';
import type { FormLimits } from '@openbeian/model/forms';
import type { HelpText } from '@openbeian/model/help';
import type { MaterialRules } from '@openbeian/model/materials';
import type { DivisionTable, ProvinceFile } from '@openbeian/model/province';
import type { BookSource, RuleBook } from '@openbeian/model/rule-book';
import type { VerificationRules } from '@openbeian/model/verification';
import type { z } from 'zod';
import type {
  Authority,
  AuthorityDesk,
  Blobs,
  Clock,
  CloudReader,
  GateFiles,
  Ids,
  Inventories,
  InventorySync,
  Letters,
  LookUp,
  LookUpName,
  NameDirectory,
  Notifier,
  OutboundPost,
  PeopleSettings,
  Pictures,
  Registrar,
  Store,
  SystemFacts,
  Vault,
  Verifier,
  VirusScanner,
} from '../../ports/index.ts';

/** Help texts, and the documents that they may name. */
export interface HelpBook {
  readonly texts: readonly HelpText[];
  readonly sources: readonly BookSource[];
}

/** Everything flows need from outside; `main` wires it. */
export interface FlowDeps {
  readonly store: Store;
  readonly authority: Authority;
  /** What operators see of the lines to the authorities and do about them; null where there are none. */
  readonly authorityDesk: AuthorityDesk | null;
  /** The line to the authority wants customers’ passwords with it, for some filings. */
  readonly asksFilingPassword: boolean;
  /** There is no line to the authority: operators enter filings in its own form, and its results here. */
  readonly authorityByHand: boolean;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly vault: Vault;
  readonly policies: PolicySet;
  readonly calendar: WorkingCalendar;
  /** The catalogue that reviewers return filings with (`policies/rejections.yaml`). */
  readonly returnReasons: readonly ReturnReason[];
  /** Of each operation by its id; what is stored under an idempotency key must have it. Null in a worker, which answers no requests. */
  readonly answerShapes: Readonly<Record<string, z.ZodType>> | null;
  /** What forms are held to, dated (`policies/forms.yaml`). */
  readonly formLimits: readonly FormLimits[];
  /** The authority's tables as they come with the release (`policies/code-tables`). */
  readonly codeTables: CodeTables;
  /** Those that a province's forms have their options of: under what its authority sent, where it has sent any. */
  readonly codeTablesOf: (provinceCode: string) => CodeTables;
  /** Cities and counties of all provinces (`policies/divisions`). */
  readonly divisions: DivisionTable;
  /** What a province asks for besides, with what holds in all of them (`policies/provinces`). */
  readonly provinceRules: (provinceCode: string) => readonly ProvinceFile[];
  /** The rules as people read them; read when somebody first asks. */
  readonly ruleBook: () => Promise<RuleBook>;
  /** The provider that runs this deployment: its id in policies and in records' accesses. */
  readonly provider: string;
  readonly help: HelpBook;
  /** Where the authority takes SMS codes; null where that is the ministry's own site only. */
  readonly smsPageUrl: string | null;
  /** What the gate decides by besides the records. */
  readonly gate: { readonly region: 'cn-mainland' | 'hk' | 'overseas'; readonly defaultNames: readonly string[] };
  readonly gateFiles: GateFiles;
  readonly inventories: Inventories;
  /** Clouds whose inventories are read again and again, and who reads them; null: this process does not. */
  readonly inventorySyncs: { readonly syncs: readonly InventorySync[]; readonly reader: CloudReader | null };
  /** Changes whenever other rules are in force on that day. */
  readonly policyFingerprint: (day: string) => string;
  readonly outbound: OutboundPost;
  readonly system: SystemFacts;
  readonly notifier: Notifier;
  /** Where people reach the console; null where nobody said. */
  readonly publicUrl: string | null;
  /** How people sign in. */
  readonly people: PeopleSettings;
  readonly webhooks: {
    /** Receivers that one account, or the provider, may have. */
    readonly perAccount: number;
    /** From a delivery's first attempt to its last. */
    readonly giveUpAfterMs: number;
    /** Deliveries given up in a row before the receiver is paused. */
    readonly pauseAfterDead: number;
    /** How long ended deliveries and relayed events are kept. */
    readonly keepMs: number;
  };
  /** Of drafts: how many an account may have at once, and when one that nobody filled in lapses. */
  readonly drafts: { readonly perAccount: number; readonly emptyDays: number };
  /** What may be open side by side, and what this provider grants one organiser; null: no limit is known. */
  readonly desk: {
    readonly sideBySide: SideBySide;
    readonly accessesPerSubject: number | null;
    /** How long a filing may wait in each state. */
    readonly timeLimits: readonly TimeLimit[];
    /** Whether a site may be reached while its filing is under way. */
    readonly siteMeanwhile: SiteMeanwhileRows;
    /** How many wrong codes and repeated SMS one person has. */
    readonly smsRules: { readonly tries: number; readonly resends: number; readonly source: string };
    /** How many days before a demanded correction is due its customer is reminded. */
    readonly demandReminderDays: readonly number[];
    /** The same of what is asked during a review. */
    readonly askReminderDays: readonly number[];
  };
  /** What the owners of names publish. */
  readonly nameDirectory: NameDirectory;
  readonly registrar: Registrar;
  /** For how long a token to prove a name by is good, and for how long a name is proven by it. */
  readonly nameProof: { readonly tokenDays: number; readonly validDays: number };
  /** Where pictures of materials are, who looks at them, and who scans them. */
  readonly blobs: Blobs;
  readonly pictures: Pictures;
  readonly scanner: VirusScanner;
  readonly letters: Letters;
  /** What pictures are held to, dated (`policies/materials.yaml`), and whether a filing can be submitted without them. */
  readonly materials: { readonly rules: readonly MaterialRules[]; readonly areRequired: boolean };
  /** What services outside are asked about filings; empty: nobody is asked. */
  readonly lookUps: {
    readonly ports: readonly LookUp[];
    /** Of those who give no answer, how often in a row they are asked. */
    readonly attempts: number;
    /** For how long the check uses what was said. */
    readonly validHours: Readonly<Record<LookUpName, number>>;
  };
  /** Who verifies people, whose identity is verified (dated, `policies/verification.yaml`), and whether filings wait for it. */
  readonly verifier: Verifier;
  readonly verification: { readonly rules: readonly VerificationRules[]; readonly isRequired: boolean };
  /** For how long a claim on a filing holds, in minutes. */
  readonly claims: { readonly minutes: number };
  /** How filings are reviewed. */
  readonly review: {
    /** Does a pass need the check list ticked? */
    readonly ticksRequired: boolean;
    /** For what is asked during a review. */
    readonly askWorkingDays: number;
    /** After a call that reached nobody. */
    readonly callRetryHours: number;
    /** Missed calls before a filing is returned because nobody answers. */
    readonly callsBeforeReturn: number;
    readonly secondLook: SecondLookPolicy;
  };
  /** How many filings one of the provider's people may see unmasked in a shift. */
  readonly reveals: { readonly perShift: number; readonly shiftHours: number };
  /** For how long rows are kept that only matter for a while, in days. */
  readonly keep: {
    /** For how long a lapse can be undone, and by how much longer everything below is kept. */
    readonly undoDays: number;
    readonly idempotencyDays: number;
    readonly noticeDays: number;
    /** Of pictures that were removed, or whose filing was given up. */
    readonly materialDays: number;
    /** Null: for ever. */
    readonly messageDays: number | null;
    /** Of what was exchanged over interface V3.0. */
    readonly packageDays: number;
    /** Null: for ever. */
    readonly auditDays: number | null;
    /** Days of the audit go only once they were exported. */
    readonly auditExportedOnly: boolean;
  };
}
