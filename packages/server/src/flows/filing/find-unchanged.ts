import { canonicalJson } from '@openbeian/model/canonical-json';
import { courseOf } from '@openbeian/model/filing';
import { currentValues, type Finding, fieldAt, fieldsOf, formFor, isAsked, shownPaths } from '@openbeian/model/forms';
import type { FilingRow } from '../../ports/index.ts';
import type { Step } from '../command/step.ts';
import { demandOf } from './demand-of.ts';
import { currentFormValues, formContextOf } from './form-values.ts';
import { valuesOnRecord } from './values-on-record.ts';

/**
 * What a change or correction leaves as it is on record though it should not: each field that was demanded; or, of a filing in which
 * nothing is changed and nothing moved, the whole.
 */
export async function findUnchanged(step: Step, filing: FilingRow): Promise<Finding[]> {
  if (courseOf(filing.kind).operation?.act !== 'change') return [];
  const onRecord = await valuesOnRecord(step, filing);
  if (onRecord === null) return [];
  const context = formContextOf(step.deps, filing, step.at);
  const definition = formFor(context);
  const before = currentValues(onRecord, definition);
  const present = currentFormValues(step.deps, filing, step.at);
  const isSame = (path: string) => seen(before[path]) === seen(present[path]);
  const demand = await demandOf(step, filing);
  const demanded = new Set((demand?.findings ?? []).flatMap(({ field }) => (field === null ? [] : [fieldAt(field)])));
  const fields = fieldsOf(definition);
  const left = fields.filter((field) => demanded.has(field.path) && isAsked(field, present) && isSame(field.path));
  if (left.length > 0) return left.map(({ path }) => ({ ...notCorrected, field: path }));
  const shown = shownPaths(definition, filing.kind);
  const isMoved = filing.resourceId !== null || filing.codeId !== null;
  const isChanged = isMoved || fields.some(({ path }) => !shown.has(path) && !isSame(path));
  return isChanged || (await hasNewPicture(step, filing)) ? [] : [nothingChanged];
}

/** A certificate that was renewed may change nothing but its picture: one that the last filing did not show. */
async function hasNewPicture({ tx }: Step, { id, serviceNumber, subjectNumber }: FilingRow): Promise<boolean> {
  const own = await tx.materials.list(id);
  if (own.length === 0) return false;
  const about = serviceNumber === null ? { subjectNumber: subjectNumber ?? '' } : { serviceNumber };
  const last = await tx.filings.findLastFiledOf(about);
  const before = new Set((last === null ? [] : await tx.materials.list(last.id)).map(({ blob }) => blob.contentHash));
  return own.some(({ blob }) => !before.has(blob.contentHash));
}

/** Nothing and an empty text are the same to whoever looks at a form. */
const seen = (value: unknown): string => canonicalJson(value === '' || value === undefined ? null : value);

const notCorrected = {
  rule: 'demand.unchanged',
  message: { zh: '此栏目尚未更正，仍与备案一致', en: 'Not corrected yet: it is as it is on record' },
  remedy: {
    zh: '请按核查要求更正；内容属实、无需更正的，请联系客服撤销核查要求。',
    en: 'Correct it as demanded. If it is right as it is, ask support to have the demand withdrawn.',
  },
  source: null,
  from: 'pre_check',
} as const;

const nothingChanged: Finding = {
  field: null,
  rule: 'change.nothing',
  message: { zh: '没有任何改动', en: 'Nothing has been changed' },
  remedy: {
    zh: '请修改需要变更的内容后提交；不再变更的，请放弃本订单。',
    en: 'Change what is to be changed and submit, or discard this filing.',
  },
  source: null,
  from: 'pre_check',
};
