export { findHelp, type HelpText, type HelpTopic, helpFor, helpTexts } from './help.ts';
