import { courseOf, type FilingKind, type FilingState } from '@openbeian/model/filing';
import type { Tone } from '../../parts/state.tsx';

const stages = ['fill', 'review', 'forward', 'sms', 'verdict', 'filed'] as const;
export type Stage = (typeof stages)[number];
export type StageStatus = 'done' | 'current' | 'problem' | 'waiting' | 'ended';

interface Position {
  readonly stage: Stage;
  /** The status of the present stage; those before it are done. */
  readonly status: Exclude<StageStatus, 'waiting'>;
  readonly tone: Tone;
}

/** The stage of each state on the way to the number. A returned filing is at the stage that returned it. */
const positions: Readonly<Record<FilingState, Position>> = {
  draft: { stage: 'fill', status: 'current', tone: 'info' },
  awaiting_review: { stage: 'review', status: 'current', tone: 'info' },
  returned: { stage: 'review', status: 'problem', tone: 'bad' },
  awaiting_forward: { stage: 'forward', status: 'current', tone: 'info' },
  awaiting_sms: { stage: 'sms', status: 'current', tone: 'warn' },
  sms_failed: { stage: 'sms', status: 'problem', tone: 'bad' },
  awaiting_verdict: { stage: 'verdict', status: 'current', tone: 'info' },
  rejected: { stage: 'verdict', status: 'problem', tone: 'bad' },
  filed: { stage: 'filed', status: 'done', tone: 'good' },
  abandoned: { stage: 'fill', status: 'ended', tone: 'quiet' },
};

export function filingTone(state: FilingState): Tone {
  return positions[state].tone;
}

/** The stages of a filing, each with its status; of some kinds nobody here reviews or no SMS confirms. */
export function progressOf(
  state: FilingState,
  kind: FilingKind = 'first',
): { readonly stage: Stage; readonly status: StageStatus }[] {
  const now = positions[state];
  const at = stages.indexOf(now.stage);
  const { reviewedBy, smsBy } = courseOf(kind);
  const passedBy = stages.filter(
    (stage) => (stage === 'review' && !reviewedBy.includes('provider')) || (stage === 'sms' && smsBy.length === 0),
  );
  const shown = stages.map((stage, index) => {
    if (now.status === 'ended') return { stage, status: 'ended' } as const;
    if (index === at) return { stage, status: now.status };
    return { stage, status: index < at ? 'done' : 'waiting' } as const;
  });
  // A stage that the kind does not have is shown only where a filing is in it all the same.
  return shown.filter(({ stage, status }) => !passedBy.includes(stage) || status === 'problem' || status === 'current');
}

/** It is with the authority, which has sent nobody an SMS yet: by hand, an operator may still be entering it there. */
export const isSmsToCome = (
  state: string,
  sms: { readonly people: readonly { readonly state: string | null }[] } | null,
): boolean => state === 'awaiting_sms' && sms !== null && sms.people.every((person) => person.state === null);
