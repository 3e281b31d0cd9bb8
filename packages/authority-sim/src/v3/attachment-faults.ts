import { rowsOn } from '@openbeian/model/code-tables';
import type { SimState } from '../core/sim-state.ts';
import type { InterfaceOrigin, OwnAttachment, RefusalReason, Submission } from '../core/words.ts';
import { type LookOverContext, reasonOf } from './reason.ts';
import type { SimRules } from './rules.ts';

/** The only format of pictures that the interface knows, by its row: JPG. */
const jpgFormat = 1;

/** Uses of pictures of the subject; the others are of a service (`policies/code-tables/image-uses.yaml`). */
export const subjectPurposes: readonly number[] = [1, 2, 3, 4];

/** What has to come along, by what is filed: certificate, ID of the person in charge, verification form. */
const wanted = { unit: [1, 3, 5], individual: [3, 5], others: [5] } as const;

export function attachmentFaults(
  submission: Submission,
  { attachments }: InterfaceOrigin,
  context: LookOverContext,
): readonly RefusalReason[] {
  const given = attachments.flatMap((file) => fileFaults(file, context.rules, context.today));
  const unowned = attachments.flatMap((file) => ownerFaults(file, submission, context.state));
  if (!context.strict) return [...given, ...unowned];
  const poor = attachments.some(({ isPicture }) => !isPicture)
    ? [reasonOf(5010, 'materials', '附件应为 JPG 图片')]
    : [];
  return [...given, ...unowned, ...poor, ...missingFiles(submission, attachments, context.rules)];
}

/** Rows of its tables, and whether its purpose fits what it is of. */
export function fileFaults({ format, purpose, about }: OwnAttachment, { tables }: SimRules, today: string) {
  const faults: RefusalReason[] = [];
  if (format !== jpgFormat) faults.push(reasonOf(1056, 'materials'));
  const isKnown = rowsOn(tables['image-uses'], today).some(({ id }) => id === purpose);
  if (!isKnown) faults.push(reasonOf(1057, 'materials'));
  else if (subjectPurposes.includes(purpose) !== (about === 1)) faults.push(reasonOf(1061, 'materials'));
  return faults;
}

function ownerFaults({ about, owner }: OwnAttachment, submission: Submission, state: SimState): RefusalReason[] {
  const { kind, subject, service, also = [], origin } = submission;
  if (about === 1) {
    const recorded = state.ledger.subjects.get(subject.number ?? '');
    const marks = kind === 'first' ? [origin?.ownSubject] : [recorded?.id, recorded?.number];
    return marks.some((mark) => String(mark) === owner) ? [] : [reasonOf(1058, 'materials')];
  }
  const numbers = [service, ...also.map((part) => part.service)].map(({ number }) => number);
  const recorded = numbers.map((number) => state.ledger.services.get(number ?? '')?.id);
  const own = [origin?.service, ...also.map((part) => part.own)].map((each) => each?.id);
  // A change may bring pictures of a service that is otherwise as it was, which is then no part of what is looked over.
  const kept = isChange(kind)
    ? state.ledger.listServices(subject.number ?? '').flatMap(({ id, number }) => [id, number])
    : [];
  const marks = [...numbers, ...recorded, ...own, ...kept].filter((mark) => mark != null);
  return marks.some((mark) => String(mark) === owner) ? [] : [reasonOf(1059, 'materials')];
}

const isChange = (kind: Submission['kind']): boolean => kind.startsWith('change') || kind === 'correction';

function missingFiles({ kind, subject }: Submission, files: readonly OwnAttachment[], { tables }: SimRules) {
  const isWhole = kind === 'first';
  const needed = !isWhole ? wanted.others : subject.kind === 'individual' ? wanted.individual : wanted.unit;
  if (isChange(kind)) return [];
  const missing = needed.filter((purpose) => !files.some((file) => file.purpose === purpose));
  return missing.map((purpose) => {
    const name = tables['image-uses'].items.find(({ id }) => id === purpose)?.zh ?? String(purpose);
    return reasonOf(5010, `materials.${purpose}`, `缺少附件：${name}`);
  });
}
