import { maskValue } from '@openbeian/model/forms';
import { compareRecord, type Difference, type StatusAnswer, unjudgedKinds } from '@openbeian/model/reconciliation';
import type { Step } from '../../command/step.ts';
import type { LoadedSides } from './both-sides.ts';
import { natureOfOrganiser } from './nature-of-organiser.ts';

/** Compares a record and writes down in what both sides differ; what they agree on again is over. @returns what was found */
export async function keepDifferences(
  step: Step,
  sides: LoadedSides,
  answer: StatusAnswer | null,
): Promise<readonly Difference[]> {
  const { deps, tx, at } = step;
  const { line, about, record, filed } = sides;
  const found = compareRecord({ ...sides, answer });
  for (const difference of found) {
    await tx.authorityLedger.putDifference({
      provider: line.provider,
      provinceCode: line.provinceCode,
      id: deps.ids.next('dif'),
      kind: difference.kind,
      about,
      serviceNumber: record?.number ?? filed?.serviceNumber ?? null,
      domainName: record?.domainName ?? filed?.domainName ?? null,
      filedSubjectId: filed?.subjectId ?? null,
      ...shown(step, sides, difference),
      digest: digestOf(step, sides, difference),
      foundAt: at,
    });
  }
  await tx.authorityLedger.endDifferencesBut(
    line,
    about,
    [...found.map(({ kind }) => kind), ...unjudgedKinds({ ...sides, answer })],
    at,
  );
  return found;
}

/** Keyed: what it is made of may be a person’s name or number. */
export const digestOf = ({ deps }: Step, { organiser }: LoadedSides, { kind, ours, theirs }: Difference): string => {
  const certificate = kind === 'certificate_differs' ? (organiser?.certificateNumber ?? null) : null;
  return deps.vault.hash(JSON.stringify([kind, ours, theirs, certificate]), 'form_value');
};

/** Units are public; people’s names and every certificate are masked. */
function shown(step: Step, { line, record, organiser }: LoadedSides, { kind, ours, theirs }: Difference) {
  if (kind === 'certificate_differs') return { ours: null, theirs: masked('id', organiser?.certificateNumber ?? null) };
  if (kind !== 'holder_differs') return { ours, theirs };
  const subjectKinds = [record?.subjectKind, natureOfOrganiser(step, organiser, line.provinceCode)?.subjectKind];
  if (!subjectKinds.includes('individual')) return { ours, theirs };
  return { ours: masked('name', ours), theirs: masked('name', theirs) };
}

const masked = (kind: 'name' | 'id', text: string | null): string | null =>
  text === null ? null : String(maskValue(kind, text));
