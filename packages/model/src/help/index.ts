export { type HelpGroup, helpGroups } from './groups.ts';
export { findHelp, helpTexts } from './help.ts';
export type { HelpText, HelpTopic } from './help-text.ts';
export { askedWords, helpSearch, type SearchedText } from './search.ts';
