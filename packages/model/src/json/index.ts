export { parseJson } from './parse-json.ts';
export { refuseJson } from './refuse-json.ts';
export { findUnstorableText } from './unstorable-text.ts';
