import { canonicalJson } from '@openbeian/model/canonical-json';
import {
  type FieldDefinition,
  type FormDefinition,
  fieldsOf,
  formFor,
  isStorable,
  normalValue,
  unknownFields,
} from '@openbeian/model/forms';
import { z } from 'zod';
import type { FilingRow } from '../../ports/index.ts';
import type { CommandRequest } from '../command/once-for-key.ts';
import { onceForKeyPresenting } from '../command/once-for-key.ts';
import { maySee, ownAccount } from '../command/permission.ts';
import type { Step } from '../command/step.ts';
import { dueWithDemand } from './demand-of.ts';
import { dueOfFilledIn } from './due-at.ts';
import { changeFiling, type FilingStepInput, lockFilingAtVersion } from './filing-step.ts';
import { filingViewOf } from './filing-view.ts';
import { currentFormValues, formContextOf, sealValues } from './form-values.ts';
import { findingsBeside, formViewOf, isEditable } from './form-view.ts';

type Values = Readonly<Record<string, unknown>>;

export interface SaveFormInput extends FilingStepInput {
  readonly values: Values;
  /**
   * What the sender saw before it changed each of them. With it the filing may have moved on meanwhile, as long as nobody else
   * changed the same fields: two who fill in one form both keep what they typed.
   */
  readonly base?: Values | undefined;
}

type SaveFault = 'object.not_found' | 'object.changed' | 'filing.wrong_state';

/** Which of the form's fields may be written; the others are refused at their places. */
export type OpenFields = (
  filing: FilingRow,
  step: Step<SaveFault>,
  definition: FormDefinition,
) => Promise<ReadonlySet<string>>;

/** Saves values of a filing's form once per idempotency key. @throws Fault `object.changed` naming the fields that others changed */
export function saveValues(request: CommandRequest<SaveFault>, input: SaveFormInput, openFields?: OpenFields) {
  ownAccount(request.actor);
  return onceForKeyPresenting(
    request,
    input,
    async (step) => {
      const { deps, at } = step;
      const filing = await lockToSave(step, input);
      if (!isEditable(filing)) throw step.fault('filing.wrong_state');
      const definition = formFor(formContextOf(deps, filing, at));
      const present = currentFormValues(deps, filing, at);
      refuseForeignFields(step, input.values, definition, present);
      if (openFields !== undefined) refuseClosedFields(step, input.values, await openFields(filing, step, definition));
      const values = keptValues(input.values, definition);
      if (input.base !== undefined)
        refuseOverwriting(step, { ...input, values }, keptValues(input.base, definition), present);
      const form = { ...filing.form, ...sealValues(deps, filing.id, values, fieldsOf(definition)) };
      const { dueAt } = dueOfFilledIn(filing, deps);
      const due =
        dueAt === undefined ? {} : { dueAt: await dueWithDemand(step, filing, { state: filing.state, dueAt }) };
      await changeFiling(step, filing, { form, ...due });
      return { filingId: filing.id };
    },
    {
      stored: z.object({ filingId: z.string() }),
      present: async (step, { filingId }) => {
        const filing = await step.tx.filings.find(filingId);
        if (filing === null) throw step.fault('object.not_found');
        const form = await formViewOf(step, filing, await findingsBeside(step, filing));
        return { filing: filingViewOf(step.deps, filing, step.actor), form };
      },
    },
  );
}

/** Who says what was seen of each field need not be at the filing's version; nobody is ahead of it. */
async function lockToSave(step: Step<SaveFault>, input: SaveFormInput): Promise<FilingRow> {
  if (input.base === undefined) return lockFilingAtVersion(step, input);
  const filing = await step.tx.filings.findForUpdate(input.filingId);
  if (filing === null || !maySee(step.actor, filing.accountId)) throw step.fault('object.not_found');
  if (input.version > filing.version) throw step.fault('object.changed');
  return filing;
}

/** Each as it is kept; what the form does not have was refused before. */
function keptValues(values: Values, definition: FormDefinition): Record<string, unknown> {
  const fields = new Map(fieldsOf(definition).map((field) => [field.path, field]));
  const kept = (field: FieldDefinition | undefined, value: unknown) => (field ? normalValue(field, value) : value);
  return Object.fromEntries(Object.entries(values).map(([path, value]) => [path, kept(fields.get(path), value)]));
}

const isSame = (one: unknown, other: unknown): boolean => canonicalJson(one ?? null) === canonicalJson(other ?? null);
/** Nothing and an empty text are the same to whoever looks at a form. */
const seen = (value: unknown): unknown => (value === '' ? null : value);

function refuseOverwriting(step: Step<SaveFault>, { values }: SaveFormInput, base: Values, present: Values): void {
  const changed = Object.entries(values).flatMap(([path, value]) => {
    const isOthers = !isSame(seen(present[path]), seen(base[path])) && !isSame(present[path], value);
    return isOthers ? [path] : [];
  });
  if (changed.length === 0) return;
  throw step.fault('object.changed', {
    places: changed.map((path) => ({
      path: `values["${path}"]`,
      expected: 'what you saw: it has been changed since',
      expectedZh: '此栏目已在别处修改，请核对后选择保留哪一个',
    })),
  });
}

function refuseClosedFields(step: Step<SaveFault>, values: Values, open: ReadonlySet<string>): void {
  const places = Object.keys(values).flatMap((path) =>
    open.has(path)
      ? []
      : [
          {
            path: `values["${path}"]`,
            expected: 'absent: nothing is wrong with this field, and only refused fields are open here',
            expectedZh: '此栏目未被退回，不能在此修改',
          },
        ],
  );
  if (places.length > 0) throw step.fault('input.invalid', { places });
}

function refuseForeignFields(step: Step, values: Values, definition: FormDefinition, present: Values): void {
  const places = unknownFields(values, definition).map((path) => ({
    path: `values["${path}"]`,
    expected: 'absent: this filing’s form has no such field',
    expectedZh: '本表单没有此栏目，请删除',
  }));
  for (const field of fieldsOf(definition)) {
    if (!(field.path in values)) continue;
    const value = values[field.path];
    const path = `values["${field.path}"]`;
    if (field.input === 'fixed' && !isSame(value, present[field.path])) {
      places.push({
        path,
        expected: 'unchanged: it was fixed when the filing was started',
        expectedZh: '发起备案时已确定，不能修改',
      });
    }
    if (!isStorable(field, value))
      places.push({
        path,
        expected: 'text, or a list of texts or of records with known names, of reasonable length',
        expectedZh: '应为文字、文字列表或由已知栏目组成的列表，且长度合理',
      });
  }
  if (places.length > 0) throw step.fault('input.invalid', { places });
}
