import { isMaterialPlace } from '@openbeian/model/filing';
import type { ReactNode } from 'react';
import type { FilingForm, Finding } from '../../api/shapes.ts';
import { useText } from '../../language/language.tsx';
import { materialWords } from '../materials/words.ts';
import { filingWords } from './words.ts';

interface EmptyFieldsProps {
  readonly form: FilingForm;
  /** What is not filled in. */
  readonly findings: readonly Finding[];
  readonly linkTo: (finding: Finding) => ReactNode;
}

/** What is not filled in yet, under the title of its section. */
export function EmptyFields({ form, findings, linkTo }: EmptyFieldsProps) {
  const { t, pick } = useText(filingWords, materialWords);
  if (findings.length === 0) return null;
  const titleOf = ({ field }: Finding): string => {
    if (isMaterialPlace(field)) return t.material.title;
    const isIn = (path: string) => field === path || field?.startsWith(`${path}.`) === true;
    const section = form.sections.find(({ fields }) => fields.some(({ path }) => isIn(path)));
    return section === undefined ? t.filing.form : pick(section.title);
  };
  return (
    <section className="empty-fields" aria-label={t.filing.stillEmpty}>
      <h3>{t.filing.stillEmpty}</h3>
      <dl>
        {[...Map.groupBy(findings, titleOf)].map(([title, own]) => (
          <div key={title}>
            <dt>{title}</dt>
            <dd>
              <ul>
                {own.map((finding) => (
                  <li key={finding.field}>{linkTo(finding)}</li>
                ))}
              </ul>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
