import type { OpeningKind } from '@openbeian/model/filing';
import type { FilingRow } from '../../ports/index.ts';
import type { Step } from '../command/step.ts';
import { endAdvanceOpening, openInAdvance } from './advance-opening.ts';
import { type StartingForm, subjectOfLastFiling } from './initial-form.ts';
import { type ApprovedNumbers, recordService } from './record-service.ts';

/** What the server does with a kind of filing, where kinds differ. */
interface FilingKindFlow {
  /** Values that a new filing's form starts with, besides what was given to start it. */
  readonly initialForm: (step: Step, form: StartingForm) => Promise<Readonly<Record<string, unknown>>>;
  /** What the filing is about that has a number before it is approved. */
  readonly onRecord: 'nothing' | 'subject' | 'subject_and_service';
  /** What must be bound before it is submitted: a place on a resource (directly or by a code), or nothing. */
  readonly holds: 'place' | 'nothing';
  readonly onPassed: (step: Step, filing: FilingRow) => Promise<void>;
  /** Writes what the authority approved into the records. */
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

/** One row for every kind that is handled online; the type checker requires a row for a new one. */
export const filingKindFlows: Readonly<Record<OpeningKind, FilingKindFlow>> = {
  first: { ...opening, onRecord: 'nothing' },
  add_site_here: { ...opening, initialForm: subjectOfLastFiling },
  add_site_elsewhere: opening,
  access: {
    ...opening,
    onRecord: 'subject_and_service',
    onPassed: openInAdvance,
    onApproved: async (step, filing, numbers) => {
      await recordService(step, filing, numbers);
      await endAdvanceOpening(step, filing);
    },
    onEnded: endAdvanceOpening,
  },
};
