import { isMaterialPlace } from '@openbeian/model/filing';
import { useEffect, useState } from 'react';
import { useSearchParams } from 'react-router';
import type { AnswerOf } from '../../api/client.ts';
import type { Finding } from '../../api/shapes.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useText } from '../../language/language.tsx';
import { FindingList } from '../../parts/finding-list.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Panel } from '../../parts/panel.tsx';
import { Particulars } from '../../parts/particulars.tsx';
import { LetterButtons } from './letter-buttons.tsx';
import { GivenPicture, MaterialSlot } from './material-slot.tsx';
import { sizeText } from './size-text.ts';
import { materialWords } from './words.ts';
import './materials.css';

/** Where findings about a place lead to. */
const materialAnchor = (field: string): string => `field-${field.replaceAll('.', '-')}`;

interface MaterialsPanelProps {
  readonly filingId: string;
  /** What a reviewer or the authority has against the filing; shown at the material that it names. */
  readonly opinions: readonly Finding[];
  /** Since when a reviewer asks for some of them, while the review goes on; then nothing else is open. */
  readonly askedAt: string | null;
  /** Only these places are shown, for something is wrong with them; null: all. */
  readonly only?: readonly string[] | null;
}

/** What something was wrong with stays on the page when it is put right. */
function useSeen(only: readonly string[] | null): readonly string[] | null {
  const [seen, setSeen] = useState<readonly string[]>([]);
  const fresh = (only ?? []).filter((field) => !seen.includes(field));
  if (fresh.length > 0) setSeen([...seen, ...fresh]);
  return only === null ? null : seen;
}

/** The materials of a filing that is being filled in. */
export function MaterialsPanel({ filingId, opinions, askedAt, only = null }: MaterialsPanelProps) {
  const seen = useSeen(only);
  const { t, pick } = useText(materialWords);
  const found = useAnswer('listMaterials', { params: { filingId } });
  const [params] = useSearchParams();
  const field = params.get('field');
  const isReady = found.data !== undefined;
  useEffect(() => {
    if (!isReady || field === null || !isMaterialPlace(field)) return;
    document.getElementById(materialAnchor(field))?.scrollIntoView({ block: 'center' });
  }, [isReady, field]);
  const isWhole = askedAt === null && seen === null;
  // Nothing is wrong with any.
  if (seen?.length === 0) return null;
  return (
    <Panel title={t.material.title}>
      <Loaded query={found}>
        {({ needed, unneeded, letters, ownForms, mostBytes }) => (
          <div className="stack">
            <p className="soft">{needed.length === 0 ? t.material.none : t.material.lead(sizeText(mostBytes))}</p>
            {askedAt !== null && <p>{t.material.askedLead}</p>}
            {askedAt === null && <OwnForms forms={ownForms} />}
            {needed
              .filter((place) => place.isOpen && (seen === null || seen.includes(place.field)))
              .map((place) => (
                <div key={place.field} id={materialAnchor(place.field)} className="anchor">
                  <MaterialSlot filingId={filingId} place={place} askedAt={askedAt} />
                  <LetterButtons filingId={filingId} letters={letters.filter(({ becomes }) => becomes === place.key)} />
                  <FindingList
                    findings={opinions.filter((opinion) => opinion.field === place.field)}
                    labelOf={() => pick(place.name)}
                  />
                </div>
              ))}
            {isWhole && unneeded.length > 0 && <strong>{t.material.unneeded}</strong>}
            {isWhole &&
              unneeded.map((material) => (
                <GivenPicture key={material.id} material={material} name={t.material.unneeded} />
              ))}
          </div>
        )}
      </Loaded>
    </Panel>
  );
}

type OwnFormList = AnswerOf<'listMaterials'>['ownForms'];

/** Papers that nobody but the province, or another authority, has a form for. */
function OwnForms({ forms }: { readonly forms: OwnFormList }) {
  const { t, pick } = useText(materialWords);
  if (forms.length === 0) return null;
  return (
    <div>
      <strong>{t.material.ownForms}</strong>
      <ul className="lines">
        {forms.map(({ rule, text, remedy, source, asOf }) => (
          <li key={rule}>
            {pick(text)} <Particulars code={rule} source={source} asOf={asOf} />
            {remedy !== null && <p className="soft">{pick(remedy)}</p>}
          </li>
        ))}
      </ul>
    </div>
  );
}
