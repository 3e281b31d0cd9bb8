/**
 * The law inside the large rooms of `import-law.ts`: which folder of a package may import which other folder of it, types
 * included. `scripts/checks/find-inner-imports.ts` holds every import but the tests' to it. Reasons: docs/adr.
 */
export interface InnerLaw {
  /** The folder whose parts these are. */
  readonly within: string;
  /**
   * A folder or file of `within` → the folders and files of `within` that it may import. The longest match decides; itself it
   * may always import. `x/*` stands for each folder of `x`, none of which may import another. A folder's name allows that
   * folder, not the rows below it. `open` allows the open files, `*` everything.
   */
  readonly rows: Readonly<Record<string, readonly string[]>>;
  /** The named files through which folders of one floor may import each other. */
  readonly open: readonly string[];
}

const model: InnerLaw = {
  within: 'packages/model/src',
  rows: {
    // Words and numbers that every other part of the model uses; they know nothing of filings or resources.
    fault: [],
    calendar: [],
    colour: [],
    csv: [],
    'domain-name': [],
    quota: [],
    code: [],
    audit: [],
    number: ['calendar', 'province', 'open'],
    province: ['calendar', 'fault', 'open'],
    // One text for one content, whoever sums or hashes it.
    'canonical-json': [],
    // The numbers and names of the authority's tables; the form is filled in from them.
    'code-tables': ['calendar', 'fault', 'open'],
    json: ['fault'],

    // What can be filed and which way, then what the form asks, then what is uploaded for it.
    filing: ['filing/route', 'filing/lifecycle', 'calendar', 'domain-name', 'fault', 'number', 'open'],
    'filing/route': ['filing', 'calendar', 'domain-name', 'fault', 'number', 'open'],
    'filing/lifecycle': ['filing', 'calendar', 'fault', 'open'],
    forms: [
      'forms/engine',
      'forms/fields',
      'forms/kinds',
      'forms/rules',
      'calendar',
      'domain-name',
      'filing',
      'fault',
      'code-tables',
      'province',
      'open',
    ],
    // The engine holds any form's fields to any table of rules; it knows none of them.
    'forms/engine': ['calendar', 'code-tables', 'province', 'open'],
    'forms/fields': ['forms/engine', 'calendar', 'code-tables', 'province', 'open'],
    'forms/kinds': ['forms/engine', 'forms/fields', 'code-tables', 'province', 'open'],
    'forms/rules': [
      'forms/engine',
      'forms/fields',
      'calendar',
      'code-tables',
      'number',
      'domain-name',
      'province',
      'open',
    ],
    // How a filing is said over the authority's interface V3.0, and what its results say of it.
    'authority-v3': ['authority-v3/codes', 'calendar', 'code-tables', 'filing', 'forms/engine', 'open'],
    'authority-v3/codes': [],
    // What came over the lines and no rule decides.
    'authority-case': [],
    // What either side has about a record, compared.
    reconciliation: [],
    // Kinds of background work, and what people call them.
    work: [],
    materials: ['calendar', 'fault', 'filing', 'forms', 'province', 'open'],
    // Who is verified for a filing, and whether that counts.
    verification: ['calendar', 'filing', 'forms'],
    fictional: ['calendar', 'code-tables', 'filing', 'forms', 'province', 'open'],

    // May this resource carry a filing, and why not. The bits of reasons are known to `decide` alone.
    eligibility: [
      ...['policy', 'decide', 'explain', 'clock', 'fleet'].map((part) => `eligibility/${part}`),
      'canonical-json',
      'calendar',
      'code',
      'quota',
      'fault',
    ],
    'eligibility/policy': [
      'eligibility',
      // The schema of a policy's conditions is made of their records.
      'eligibility/decide/conditions/conditions.ts',
      'calendar',
      'code',
      'quota',
      'fault',
      'open',
    ],
    'eligibility/decide': ['eligibility', 'eligibility/policy', 'calendar', 'quota', 'fault', 'open'],
    'eligibility/explain': ['eligibility', 'eligibility/policy', 'calendar', 'quota', 'open'],
    'eligibility/clock': [
      'eligibility',
      'eligibility/policy',
      'eligibility/explain',
      'calendar',
      'quota',
      'fault',
      'open',
      ...['context', 'evaluate', 'findings', 'policy-set'].map((file) => `eligibility/decide/${file}.ts`),
    ],
    'eligibility/fleet': [
      'eligibility',
      'eligibility/policy',
      'calendar',
      'fault',
      'quota',
      'open',
      ...['context', 'reason-set', 'survey'].map((file) => `eligibility/decide/${file}.ts`),
    ],
    // The numbers by which partners' programs know faults and reasons.
    partner: ['eligibility', 'fault'],
    plan: ['calendar', 'domain-name', 'eligibility', 'fault', 'quota'],
    'cloud-import': ['calendar', 'eligibility', 'fault'],
    // An inventory as a table: its columns, and how its cells are read.
    'inventory-table': ['eligibility'],
    // The rules as people read them, laid out from the same data that decides.
    'rule-book': ['calendar', 'eligibility', 'filing', 'forms', 'province', 'quota'],

    // `number`: where any number will do, it must be one.
    gate: ['gate/decide', 'gate/snapshot', 'gate/feed', 'calendar', 'domain-name', 'fault', 'number'],
    // Facts laid out for a gate, changes to them, and the decisions over both.
    'gate/snapshot': ['gate', 'canonical-json', 'calendar', 'domain-name', 'fault', 'open'],
    'gate/feed': ['gate', 'gate/snapshot', 'calendar', 'domain-name', 'fault', 'open'],
    'gate/decide': ['gate', 'gate/snapshot', 'calendar', 'domain-name', 'fault', 'open'],

    help: ['eligibility', 'filing', 'gate', 'number'],
  },
  open: [
    // The kinds of filing and of certificate, as words.
    'filing/kinds.ts',
    'forms/identifiers.ts',
    'forms/certificate-numbers.ts',
    // What an address is for, wherever one is given.
    'eligibility/public-address.ts',
  ],
};

const flows: InnerLaw = {
  within: 'packages/server/src/flows',
  rows: {
    'index.ts': ['*'],
    // What every command is made of. It knows no operation.
    command: [],
    '*': ['command', 'open'],
  },
  open: [
    'resource/account-evaluator.ts',
    'filing/lapse/undo-until.ts',
    // Whether the key file is this database's.
    'keys/verify-keys.ts',
    'filing/name-status.ts',
    'filing/registrable-name.ts',
    // How a filing moves, what its kind adds to that, and what it holds.
    'filing/advance-filing.ts',
    'filing/approval/record-service.ts',
    'filing/claim.ts',
    'filing/due-at.ts',
    'filing/review-counts.ts',
    'filing/review-round.ts',
    'filing/refused-pictures.ts',
    'filing/name-proof.ts',
    'filing/recorded-elsewhere.ts',
    'filing/refuse-record-ended.ts',
    'filing/nothing-left.ts',
    'filing/end-filing.ts',
    'filing/filing-step.ts',
    'filing/holding/evaluate-holding.ts',
    'filing/kinds.ts',
    'filing/send-to-authority.ts',
    // What the line to the authority does not carry, for reviewers.
    'authority/list-losses.ts',
    // Whether a parked hand-over may be entered by hand, for its page.
    'authority/by-hand/held-by-line.ts',
    'filing/holding/spend-of-subject.ts',
    // How a filing and its subject are read.
    'filing/filing-view.ts',
    'filing/form-values.ts',
    'filing/form-view.ts',
    'filing/organiser-facts.ts',
    // Answers to a reviewer are checked as what is submitted.
    'filing/refuse-incomplete.ts',
    'filing/values-on-record.ts',
    'filing/subject-text.ts',
    // What a filing's materials lack, and what is sealed of them.
    'materials/material-places.ts',
    // Who of a filing is verified, and who may decide about them.
    'verification/verified-people.ts',
    'review/own-work.ts',
    // For how many days statistics are kept and asked.
    'review/long-span.ts',
    'materials/blob-secrets.ts',
    'materials/carry-materials.ts',
    // What services outside are asked about a filing, and what they said.
    'look-up/want-look-ups.ts',
    'look-up/current-answers.ts',
    'look-up/look-up-views.ts',
    'filing/reveal-in-shift.ts',
    'filing/field-of-filing.ts',
    // Numbers as people type them.
    'filing/stated-numbers.ts',
    // The state of a code on a day, of which subscribers are told.
    'code/code-clock.ts',
    // What is written when an hour is over, by the clearing of old rows.
    'audit/record-refusals.ts',
    'code/code-reasons.ts',
    // Codes as people type them.
    'code/code-text.ts',
    'code/examine-code.ts',
    'record/apply-cancellation.ts',
    // Who is told of what happened to a record, with a notice and by webhooks.
    'record/tell-of-demand.ts',
    'record/tell-of-move.ts',
    'notice/new-notice.ts',
    'notice/tell.ts',
    'notice/tell-of-filing.ts',
    // Whose notices are mailed where.
    'person/own-access.ts',
    'person/person-view.ts',
    // Ends with the filing that it is about.
    'contest/close-contests.ts',
  ],
};

const secrets: InnerLaw = {
  within: 'packages/server/src/secrets',
  rows: { 'index.ts': ['*'], vault: [], ids: [] },
  open: [],
};

const wire: InnerLaw = {
  within: 'packages/authority-wire/src',
  rows: {
    plain: [],
    v3: ['v3/messages', 'v3/package', 'v3/schema'],
    // What each message has, in the language of `schema`; nothing else knows an element's name.
    'v3/messages': ['v3/schema'],
    'v3/package': ['v3', 'v3/schema'],
    'v3/schema': ['v3', 'v3/package'],
  },
  open: [],
};

const features = 'features/*';
const consoleParts: InnerLaw = {
  within: 'packages/console/src',
  rows: {
    language: [],
    api: ['language'],
    parts: ['api', 'language'],
    [features]: ['parts', 'api', 'language', 'open'],
    app: [features, 'parts', 'api', 'language'],
    'assets.d.ts': [],
  },
  open: [
    // What a feature calls its own things, in both languages: where another feature shows them, it calls them the same.
    'features/*/words.ts',
    // Who is signed in and what they may do.
    'features/session/session-context.tsx',
    'features/session/session-query.ts',
    // What people of an account may do, also for operators, and the link of an invitation.
    'features/member/owners-only.tsx',
    'features/member/right-dialog.tsx',
    'features/person/link-shown.tsx',
    'features/job/filing-link.tsx',
    // What a reader may read of the help, and how it is searched.
    'features/help/reader-help.ts',
    // Asked for on the page of the help.
    'features/tour/start-tour.ts',
    // What a person is mailed, among their own settings.
    'features/notice/choice-panel.tsx',
    'features/verification/verification-panel.tsx',
    'features/resource/resource-choice.tsx',
    'features/resource/outcome.ts',
    'features/resource/facts.ts',
    'features/resource/passes-until.ts',
    'features/resource/resource-picker.tsx',
    'features/resource/resource-reasons.tsx',
    'features/resource/split-reasons.ts',
    'features/code/code-list.tsx',
    'features/code/granted-codes.tsx',
    'features/code/issue-dialog.tsx',
    'features/filing/due.ts',
    'features/filing/due-view.tsx',
    'features/filing/filing-state.tsx',
    'features/filing/filing-columns.tsx',
    'features/filing/filter-words.ts',
    'features/filing/progress.ts',
    'features/filing/history.tsx',
    'features/filing/form-labels.ts',
    'features/filing/form-reader.tsx',
    // Pictures of a filing, to hand in and to read.
    'features/materials/materials-panel.tsx',
    'features/materials/materials-viewer.tsx',
    'features/materials/may-open-materials.ts',
    // Where a filing is refused because of another account's.
    'features/contest/contest-dialog.tsx',
    // Of an account and of one's own.
    'features/support/support-dialog.tsx',
    'features/support/support-history.tsx',
    // Who works on a filing, and the button that says so.
    'features/review/claim-button.tsx',
    // The customer's side of a review.
    'features/review/answer-button.tsx',
    'features/filing/field-id.ts',
    'features/filing/shown-value.ts',
  ],
};

const cliParts: InnerLaw = {
  within: 'packages/cli/src',
  rows: {
    'main.ts': ['cache-folder.ts', 'program.ts'],
    'cache-folder.ts': [],
    'program.ts': ['*'],
    'commands.ts': ['*'],
    io: [],
    'options.ts': ['io'],
    // A folder for each command: what it reads, does and prints.
    '*': ['io', 'options.ts', 'open'],
  },
  // Clouds are read by the command and, again and again, by the process of background work.
  open: ['inventory/read-inventory.ts'],
};

export const innerLaws: readonly InnerLaw[] = [model, flows, secrets, wire, consoleParts, cliParts];
