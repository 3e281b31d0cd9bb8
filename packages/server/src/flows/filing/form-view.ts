import { editableFilingStates, type MaterialKey } from '@openbeian/model/filing';
import {
  type AskedWhen,
  type CheckContext,
  checkForm,
  checkWithList,
  type FieldDefinition,
  type FieldOption,
  type Finding,
  type FormDefinition,
  type FormValues,
  formFor,
  proposeNames,
  reachedSection,
  refusedFields,
  type ToldFinding,
  toldFinding,
} from '@openbeian/model/forms';
import { type MaterialPart, materialField } from '@openbeian/model/materials';
import { type CheckListItem, factNames, topicNames } from '@openbeian/model/province';
import { type FilingRow, type LookUpName, lookUpFacts, lookUpNames } from '../../ports/index.ts';
import { requireVisible } from '../command/permission.ts';
import { share } from '../command/shared-parts.ts';
import type { Step } from '../command/step.ts';
import { withFactsFromOutside } from '../look-up/current-answers.ts';
import { findMaterialFindings } from '../materials/material-places.ts';
import { findUnverified } from '../verification/verified-people.ts';
import { currentFormValues, maskedValues } from './form-values.ts';
import { fullCheckContextOf } from './organiser-facts.ts';

type Section = FormDefinition['sections'][number];
type ShownField<Item> = Omit<
  Section['fields'][number],
  'personal' | 'rules' | 'notOffered' | 'options' | 'askedWhen' | 'item'
> & {
  readonly personal: boolean;
  readonly options: FieldOption[];
  readonly askedWhen: AskedWhen[];
} & Item;

export interface FormView {
  readonly version: number;
  readonly sections: {
    id: string;
    title: Section['title'];
    fields: ShownField<{ readonly item: ShownField<unknown>[] }>[];
  }[];
  readonly values: Record<string, unknown>;
  readonly findings: ToldFinding[];
  /** For whoever reviews; null: the asker does not. */
  readonly checkList: ReturnType<typeof shownItem>[] | null;
  readonly reached: string | null;
  /** The fields that are open where only what was refused is to be changed; null: nothing was. */
  readonly refused: string[] | null;
}

const shownField = (field: FieldDefinition): ShownField<{ readonly item: ShownField<unknown>[] }> => {
  const { rules: _rules, notOffered: _not, personal, options, askedWhen, item, ...rest } = field;
  return {
    ...rest,
    personal: personal !== null,
    options: [...options],
    askedWhen: [...askedWhen],
    item: item.map(shownField),
  };
};

const sectionsMade = new WeakMap<FormDefinition, FormView['sections']>();

/** The same for everybody who has the same form. */
function sectionsOf(definition: FormDefinition): FormView['sections'] {
  const before = sectionsMade.get(definition);
  if (before !== undefined) return before;
  const sections = definition.sections.map(({ id, title, fields }) => ({ id, title, fields: fields.map(shownField) }));
  sectionsMade.set(definition, share(sections));
  return sections;
}

/** Which look-up could say what is missing; null: none. */
const lookUpFor = (missing: CheckListItem['missing']): LookUpName | null =>
  lookUpNames.find((name) => missing.some((fact) => lookUpFacts[name].includes(fact))) ?? null;

const shownItem = ({ rule, because, missing }: CheckListItem) => ({
  rule: rule.id,
  topic: rule.topic,
  topicText: topicNames[rule.topic],
  because,
  missing: missing.map((fact) => factNames[fact]),
  lookUp: lookUpFor(missing),
  message: rule.message,
  source: rule.source[0] ?? null,
  asOf: rule.asOf,
});

/** By its customer: also what is asked during a review, of which only those fields are open. */
export const isEditable = ({ state, askedAt }: FilingRow): boolean =>
  (editableFilingStates as readonly string[]).includes(state) || askedAt !== null;

/** @param beside what is found besides the form. The owner edits its own data in the clear; everybody else, support access included, and a form that can no longer be edited, is masked. */
export async function formViewOf(step: Step, filing: FilingRow, beside: readonly Finding[]): Promise<FormView> {
  const { deps, at } = step;
  const { open, mine, definition, findings, checkList, names } = await checkedForm(step, filing);
  const refused = mine && cameBack(filing) ? refusedFields(definition, filing.findings, findings) : null;
  return {
    version: filing.version,
    sections: sectionsOf(definition),
    values: mine ? open : maskedValues(deps, filing, at),
    findings: [...findings, ...beside].map((finding) => toldFinding(finding, names)),
    checkList: checkList === null ? null : checkList.map(shownItem),
    reached: reachedSection(definition, findings),
    refused: refused === null ? null : [...refused],
  };
}

/** As `formViewOf`, its findings alone. */
export async function findingsOf(step: Step, filing: FilingRow, beside: readonly Finding[]): Promise<ToldFinding[]> {
  const { findings, names } = await checkedForm(step, filing);
  return [...findings, ...beside].map((finding) => toldFinding(finding, names));
}

/** The form as it is saved, in the clear, and what the rules say to it. */
async function checkedForm(step: Step, filing: FilingRow) {
  const { deps, actor, at } = step;
  const own = await fullCheckContextOf(step, filing);
  const context = await withFactsFromOutside(step, filing, own);
  const open = currentFormValues(deps, filing, at);
  const mine = actor.support !== true && actor.accountId === filing.accountId && isEditable(filing);
  // Customers see no check-list.
  const { findings: found, checkList } =
    actor.role === 'customer' ? { findings: checkForm(open, context), checkList: null } : checkWithList(open, context);
  const findings = actor.role === 'customer' && context !== own ? withOutsideAsAdvice(found, open, own) : found;
  const names = mine ? proposeNames(open, context, findings) : [];
  return { open, mine, definition: formFor(context), findings, checkList, names };
}

/** What only an answer from outside speaks against keeps no customer from submitting: it may have been put right since, and is asked again. */
function withOutsideAsAdvice(found: readonly Finding[], values: FormValues, own: CheckContext): readonly Finding[] {
  const keyOf = ({ field, rule }: Finding) => `${rule} ${field}`;
  const ofOwn = checkForm(values, own).filter(({ from }) => from === 'pre_check');
  const keys = new Set(ofOwn.map(keyOf));
  return found.map((one) => (one.from !== 'pre_check' || keys.has(keyOf(one)) ? one : { ...one, from: 'advice' }));
}

/** Of a filing that came back, the fields to correct; null for any other. */
export async function refusedFieldsOf(
  step: Pick<Step, 'deps' | 'tx' | 'at'>,
  filing: FilingRow,
): Promise<ReadonlySet<string> | null> {
  if (!cameBack(filing)) return null;
  const context = await fullCheckContextOf(step, filing);
  const checked = checkForm(currentFormValues(step.deps, filing, step.at), context);
  return refusedFields(formFor(context), filing.findings, checked);
}

/** Of a correction only what is demanded is open from the start. */
const cameBack = (filing: FilingRow): boolean =>
  isEditable(filing) && (filing.state !== 'draft' || filing.kind === 'correction') && filing.findings.length > 0;

/** May its customer change this picture? Of what a reviewer asks only those that are named. */
export const isMaterialOpen = (filing: FilingRow, key: MaterialKey, part: MaterialPart): boolean =>
  isEditable(filing) &&
  (filing.askedAt === null || filing.findings.some(({ field }) => field === materialField(key, part)));

/** What is found besides the form: of materials, and of people who are not verified. */
export const findingsBeside = async (step: Step, filing: FilingRow): Promise<Finding[]> => [
  ...(await findMaterialFindings(step, filing)),
  ...(await findUnverified(step, filing)),
];

/** The form of a filing that the actor may see. @throws Fault `object.not_found`. */
export async function readForm(step: Step<'object.not_found'>, filingId: string): Promise<FormView> {
  const filing = requireVisible(step, await step.tx.filings.find(filingId), (one) => [one.accountId]);
  return formViewOf(step, filing, await findingsBeside(step, filing));
}
