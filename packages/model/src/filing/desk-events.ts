/** What is told about records besides the events of codes: to whom it concerns, and to their webhooks. */
export const deskEventTypes = [
  'MoveBegun',
  'MoveConfirmed',
  'MoveRefused',
  'MoveWithdrawn',
  'MoveLapsed',
  'CorrectionDemanded',
  'CorrectionDueSoon',
  'CorrectionEnded',
  'FilingAsked',
  'AskDueSoon',
  'AskExpired',
  'FilingDueSoon',
  'FilingLapsed',
  'SmsDueSoon',
  'VerificationEnded',
  'VerificationDueSoon',
] as const;
export type DeskEventType = (typeof deskEventTypes)[number];
