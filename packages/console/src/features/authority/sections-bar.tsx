import type { AnswerOf } from '../../api/client.ts';
import { useText } from '../../language/language.tsx';
import { authorityWords } from './words.ts';

/** Of the page’s sections. */
export const anchors = {
  cases: 'authority-cases',
  differences: 'authority-differences',
  reconciliations: 'authority-reconciliations',
  files: 'authority-files',
} as const;

interface SectionsBarProps {
  readonly lines: AnswerOf<'listAuthorityLines'>['lines'];
  /** The first page of those that are open; undefined: not read yet. */
  readonly differences: AnswerOf<'listDifferences'> | undefined;
}

/** Leads past the table of lines, and says where something waits. */
export function SectionsBar({ lines, differences }: SectionsBarProps) {
  const { t } = useText(authorityWords);
  const cases = lines.reduce((sum, { openCases }) => sum + openCases, 0);
  const texts: Readonly<Record<keyof typeof anchors, string>> = {
    cases: t.line.counted(t.line.cases, String(cases)),
    differences:
      differences === undefined ? t.line.differences : t.line.countedOpen(t.line.differences, countOf(differences)),
    reconciliations: t.line.reconciliations,
    files: t.line.files,
  };
  return (
    <nav aria-label={t.line.onThisPage} style={{ marginBottom: 12 }}>
      <ul className="row" style={{ listStyle: 'none', margin: 0, padding: 0, gap: 16 }}>
        {sections.map((id) => (
          <li key={id}>
            <a href={`#${anchors[id]}`}>{texts[id]}</a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

const sections = ['cases', 'differences', 'reconciliations', 'files'] as const;

/** A page may be shorter than what there is. */
const countOf = ({ differences, next }: AnswerOf<'listDifferences'>): string =>
  next === null ? String(differences.length) : `${differences.length}+`;
