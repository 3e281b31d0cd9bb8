/** What is told about records besides the events of codes: to whom it concerns, and to their webhooks. */
export const deskEventTypes = [
  'MoveBegun',
  'MoveConfirmed',
  'MoveRefused',
  'MoveWithdrawn',
  'CorrectionDemanded',
  'CorrectionDueSoon',
  'CorrectionEnded',
  'FilingAsked',
  'FilingDueSoon',
  'SmsDueSoon',
] as const;
export type DeskEventType = (typeof deskEventTypes)[number];
