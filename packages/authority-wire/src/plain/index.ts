export type { PlainMessage, PlainReason, PlainReceipt } from './answers.ts';
export { batchShape, headShape, messageShape, problemShape, receiptShape, statusShape } from './answers.ts';
export {
  messagesQueryShape,
  type PlainPerson,
  type PlainSubmission,
  statusQuestionShape,
  submissionShape,
} from './questions.ts';
