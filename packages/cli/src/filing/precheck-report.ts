import { createReadStream } from 'node:fs';
import type { Day } from '@openbeian/model/calendar';
import { type FaultPlace, isFault } from '@openbeian/model/fault';
import { filingDocumentSchema, type PreCheck, type PreCheckRules, preCheck } from '@openbeian/model/forms';
import { factNames } from '@openbeian/model/province';
import { loadCodeTables } from '@openbeian/policies/code-tables';
import { loadDivisions } from '@openbeian/policies/divisions';
import { keyTwiceIn } from '@openbeian/policies/document';
import { loadFormLimits } from '@openbeian/policies/form-limits';
import { openProvinceRules } from '@openbeian/policies/provinces';
import { InputError } from '../io/input.ts';
import { numberedLines, printTexts, type StreamLine } from '../io/lines.ts';
import { readDocument, refuseDayBeyond, refusingFaults } from '../io/read-document.ts';
import { expectedAt, ioWords, type Lang } from '../io/words.ts';
import type { LookUpAnswer, OutsideQuestion } from './ask-outside.ts';
import { precheckWords } from './words.ts';

/** What `openbeian precheck` is asked. */
export interface PrecheckQuestion {
  readonly file: string;
  readonly at: Day;
  readonly lang: Lang;
  readonly provinces?: readonly string[] | undefined;
}

/** What is printed for one filing; what is on the check list is for the reviewer, everything else for whoever files. */
export type PreCheckReport = { readonly at: Day; readonly lookUps?: readonly LookUpAnswer[] } & ReturnType<
  typeof reportOf
>;

/** @throws InputError naming file, line, path and what was expected */
export function checkFilingFile(question: PrecheckQuestion): PreCheckReport {
  const { file, at, lang } = question;
  const rules = rulesFor(question);
  return { at, ...readDocument(file, lang, (document) => reportOf(preCheck(document, rules, at))) };
}

/**
 * As `checkFilingFile`, with what services outside say. Facts that the file gives go before theirs.
 * @throws InputError naming file, line, path and what was expected; nobody is asked about an invalid filing
 */
export async function checkAsking(question: PrecheckQuestion, outside: OutsideQuestion): Promise<PreCheckReport> {
  const { file, at, lang } = question;
  const rules = rulesFor(question);
  const filing = readDocument(file, lang, (document) => {
    preCheck(document, rules, at);
    return filingDocumentSchema.parse(document);
  });
  const { askOutside } = await import('./ask-outside.ts');
  const lookUps = await askOutside(filing, outside);
  const facts = Object.assign({}, ...lookUps.map((answer) => answer.facts), filing.facts);
  return { at, ...reportOf(preCheck({ ...filing, facts }, rules, at)), lookUps };
}

/**
 * Reads a filing a line and prints a result a line, in the same order; memory does not grow with the number of lines. A bad line
 * has its problem in place of a result, and is named on standard error at the end of it all.
 * @throws InputError for the first bad lines, after everything was printed
 */
export async function checkFilingLines(question: PrecheckQuestion): Promise<void> {
  const { file, lang } = question;
  const bad = new BadLines(lang);
  await printTexts(resultLines(question, bad));
  bad.refuse(file);
}

async function* resultLines(question: PrecheckQuestion, bad: BadLines): AsyncGenerator<string> {
  const { file, at } = question;
  const rules = rulesFor(question);
  let block = '';
  for await (const line of numberedLines(openLines(file))) {
    if (line.text?.trim() === '') continue;
    const said = readLine(line, rules, at);
    if ('problem' in said) {
      bad.add(line.number, said.problem);
      block += `${JSON.stringify(said)}\n`;
    } else block += lineText(line.number, said);
    if (block.length < blockCharacters) continue;
    yield block;
    block = '';
  }
  if (block !== '') yield block;
}

/** Results are written in blocks: a write for each would take longer than the check. */
const blockCharacters = 1 << 16;

const openLines = (file: string): AsyncIterable<unknown> => (file === '-' ? process.stdin : readStream(file));

async function* readStream(file: string): AsyncGenerator<unknown> {
  try {
    yield* createReadStream(file);
  } catch (cause) {
    const { zh, en } = ioWords.cannotRead(file, cause instanceof Error ? cause.message : String(cause));
    throw new InputError(`${zh} / ${en}`);
  }
}

interface Place {
  readonly path: string;
  readonly zh: string;
  readonly en: string;
}

function readLine({ number, text }: StreamLine, rules: PreCheckRules, at: Day) {
  if (text === null) return problemAt(number, [{ path: '(root)', ...precheckWords.lineTooLong }]);
  if (text.includes('\ufffd')) return problemAt(number, [{ path: '(root)', ...ioWords.expectedUtf8 }]);
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (cause) {
    const position = cause instanceof Error ? /at position (\d+)/.exec(cause.message)?.[1] : undefined;
    const character = position === undefined ? null : Number(position) + 1;
    return problemAt(number, [{ path: '(root)', ...precheckWords.expectedJson(character) }]);
  }
  const twice = keyTwiceIn(text);
  if (twice !== null) return problemAt(number, [{ path: '(root)', ...precheckWords.keyTwice(twice) }]);
  try {
    return preCheck(document, rules, at);
  } catch (error) {
    if (!isFault(error, 'input.invalid')) throw error;
    return problemAt(number, (error.extras.places ?? []).map(placeTold));
  }
}

const placeTold = (place: FaultPlace): Place => ({ path: place.path, ...expectedAt(place) });
const problemAt = (line: number, places: readonly Place[]) => ({ line, problem: { places } });

/** The first few are told one by one, so that memory stays bounded. */
const mostTold = 20;

class BadLines {
  readonly #lang: Lang;
  readonly #told: string[] = [];
  #count = 0;

  constructor(lang: Lang) {
    this.#lang = lang;
  }

  add(line: number, { places }: { readonly places: readonly Place[] }): void {
    this.#count += 1;
    const [first] = places;
    if (this.#told.length < mostTold && first) this.#told.push(`${line}: ${first.path}: ${first[this.#lang]}`);
  }

  /** @throws InputError where there was any */
  refuse(file: string): void {
    if (this.#count === 0) return;
    const lines = this.#told.map((line) => `${file}:${line}`);
    const more = this.#count - this.#told.length;
    throw new InputError([...lines, ...(more > 0 ? [ioWords.morePlaces(more)[this.#lang]] : [])].join('\n'));
  }
}

function rulesFor({ at, lang, provinces }: PrecheckQuestion): PreCheckRules {
  refuseDayBeyond(at, lang);
  return refusingFaults(
    lang,
    (path) => path,
    () => ({
      tables: loadCodeTables(),
      divisions: loadDivisions(),
      limits: loadFormLimits(),
      provinceRules: openProvinceRules(provinces),
    }),
  );
}

/** In the shape of the contract: every finding with the same seven members, and who says it. */
const reportOf = ({ checkList, ...rest }: PreCheck) => ({ ...answerOf(rest), checkList: checkList.map(itemOf) });

const answerOf = ({ id, submittable, findings }: Omit<PreCheck, 'checkList'>) => ({
  id,
  submittable,
  findings: findings.map(({ field, rule, severity, message, remedy, source, asOf = null, from, proposals }) => ({
    field,
    rule,
    severity,
    message,
    remedy,
    source,
    asOf,
    from,
    ...(proposals === undefined ? {} : { proposals }),
  })),
});

type Item = PreCheck['checkList'][number];

const itemOf = ({ rule, because, missing }: Item) => ({
  rule: rule.id,
  topic: rule.topic,
  because,
  missing,
  message: rule.message,
  source: rule.source[0] ?? null,
  asOf: rule.asOf,
});

/** Items as JSON: there are few different ones, and they are most of what is printed. */
const itemTexts = new WeakMap<Item['rule'], Map<string, string>>();

function itemText(item: Item): string {
  const known = itemTexts.get(item.rule) ?? new Map<string, string>();
  itemTexts.set(item.rule, known);
  const key = `${item.because} ${item.missing.join()}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  const text = JSON.stringify(itemOf(item));
  known.set(key, text);
  return text;
}

/** One line of NDJSON, in the shape of `reportOf` with the number of its line before. */
function lineText(line: number, { checkList, ...rest }: PreCheck): string {
  const answer = JSON.stringify({ line, ...answerOf(rest) });
  return `${answer.slice(0, -1)},"checkList":[${checkList.map(itemText).join()}]}\n`;
}

/** Prints the answer for people: whether it may be submitted, what is wrong, then what the reviewer will look at. */
export function printPreCheck(report: PreCheckReport, lang: Lang, out: NodeJS.WritableStream): void {
  const { submittable, findings, checkList, lookUps = [] } = report;
  out.write(`${(submittable ? precheckWords.submittable : precheckWords.notSubmittable)[lang]}\n`);
  for (const { field, rule, severity, message, remedy, source, proposals } of findings) {
    const sign = severity === 'error' ? '✗' : '·';
    out.write(
      `  ${sign} ${field ?? precheckWords.whole[lang]}: ${message[lang]}  [${[rule, source ?? []].flat().join('; ')}]\n`,
    );
    if (remedy) out.write(`      ${remedy[lang]}\n`);
    if (proposals) out.write(`      ${precheckWords.proposals(proposals)[lang]}\n`);
  }
  for (const { name, askedAt, said } of lookUps)
    out.write(`  ? ${name}: ${said[lang]}${askedAt === null ? '' : ` (${askedAt})`}\n`);
  if (checkList.length === 0) return;
  out.write(`${precheckWords.checkList[lang]}\n`);
  for (const { rule, message, missing } of checkList) {
    const unknown = missing.length === 0 ? '' : precheckWords.notKnown(missing.map((fact) => factNames[fact]))[lang];
    out.write(`  - ${message[lang]}${unknown}  [${rule}]\n`);
  }
}
