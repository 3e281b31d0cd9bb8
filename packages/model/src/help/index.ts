export { findHelp, type HelpPage, type HelpText, type HelpTopic, helpFor, helpTexts } from './help.ts';
