export { type DroppedText, type FoundNumbers, findFilingNumbers } from './find.ts';
export { type FilingNumber, subjectNumberOf } from './grammar.ts';
export { divisionOf, provinceLetters } from './letters.ts';
export { type NumberReading, parseFilingNumbers } from './parse.ts';
export { type NumberProblem, type NumberProblemCode, numberProblemCodes } from './problem.ts';
