export { type AuthorityCaseKind, authorityCaseKinds, isNoticeKind } from './kinds.ts';
export { authorityCaseTexts } from './words.ts';
