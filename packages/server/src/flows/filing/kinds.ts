import type { AuthorityKind, CancellationScope } from '@openbeian/model/filing';
import type { FilingRow } from '../../ports/index.ts';
import type { Step } from '../command/step.ts';
import { applyCancellation } from '../record/apply-cancellation.ts';
import { tellOfDemand } from '../record/tell-of-demand.ts';
import { endAdvanceOpening, openInAdvance } from './advance-opening.ts';
import { changeBoth, changeService, changeSubject } from './approval/change-record.ts';
import { type ApprovedNumbers, recordService } from './approval/record-service.ts';
import { demandOf } from './demand-of.ts';
import { type StartingForm, serviceOfLastFiling, subjectOfLastFiling } from './initial-form.ts';

/** What the server does with a kind of filing, where kinds differ. */
interface FilingKindFlow {
  /** Values that a new filing's form starts with, besides what was given to start it. */
  readonly initialForm: (step: Step, form: StartingForm) => Promise<Readonly<Record<string, unknown>>>;
  /** What the filing is about that has a number before it is approved. */
  readonly onRecord: 'nothing' | 'subject' | 'subject_and_service';
  /** What must be bound before it is submitted: a place on a resource (directly or by a code), one only if it moves, or nothing. */
  readonly holds: 'place' | 'place_if_moved' | 'nothing';
  readonly onPassed: (step: Step, filing: FilingRow) => Promise<void>;
  /** Writes what the authority approved into the records; before that nothing on record is touched. */
  readonly onApproved: (step: Step, filing: FilingRow, numbers: ApprovedNumbers) => Promise<void>;
  /** It came back, or ended without a number. */
  readonly onEnded: (step: Step, filing: FilingRow) => Promise<void>;
}

const nothing = async (): Promise<void> => {};
const emptyForm = async () => ({});

const opening: FilingKindFlow = {
  initialForm: emptyForm,
  onRecord: 'subject',
  holds: 'place',
  onPassed: nothing,
  onApproved: recordService,
  onEnded: nothing,
};
const access: FilingKindFlow = {
  ...opening,
  onRecord: 'subject_and_service',
  onPassed: openInAdvance,
  onApproved: async (step, filing, numbers) => {
    await recordService(step, filing, numbers);
    await endAdvanceOpening(step, filing);
  },
  onEnded: endAdvanceOpening,
};
/** The form begins with what is on record: see `startRecordFiling`. */
const ofRecord: FilingKindFlow = { ...opening, onRecord: 'subject_and_service', holds: 'nothing' };

const cancelling = (scope: CancellationScope): FilingKindFlow => ({
  ...ofRecord,
  onApproved: async (step, filing) => {
    const number = (scope === 'subject' ? filing.subjectNumber : filing.serviceNumber) ?? '';
    await step.tx.records.hold();
    const provider = scope === 'access' ? filing.provider : null;
    await applyCancellation(step, { scope, number, provider }, { filingId: filing.id });
  },
});

/** One row for every kind that the authority decides; the type checker requires a row for a new one. */
export const filingKindFlows: Readonly<Record<AuthorityKind, FilingKindFlow>> = {
  first: { ...opening, onRecord: 'nothing' },
  add_site_here: { ...opening, initialForm: subjectOfLastFiling },
  add_site_elsewhere: opening,
  access,
  access_one_click: { ...access, initialForm: serviceOfLastFiling },
  change_filing: { ...ofRecord, onRecord: 'subject', onApproved: changeSubject },
  change_site: { ...ofRecord, holds: 'place_if_moved', onApproved: changeService },
  correction: {
    ...ofRecord,
    onApproved: async (step, filing) => {
      await changeBoth(step, filing);
      const demand = await demandOf(step, filing);
      const listed = demand === null ? null : await step.tx.demands.find(demand.id);
      if (listed === null) return;
      await step.tx.demands.end(listed.id, 'corrected', step.at);
      await tellOfDemand(step, listed, { type: 'CorrectionEnded', more: { ending: 'corrected' } });
    },
  },
  cancel_subject: { ...cancelling('subject'), onRecord: 'subject' },
  cancel_site: cancelling('service'),
  cancel_access: cancelling('access'),
};
