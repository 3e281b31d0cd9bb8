import { Button } from 'antd';
import { useState } from 'react';
import type { Material, NeededMaterial } from '../../api/shapes.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useText } from '../../language/language.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Panel } from '../../parts/panel.tsx';
import { State } from '../../parts/state.tsx';
import { fieldId } from '../filing/field-id.ts';
import { reviewWords } from '../review/words.ts';
import { MaterialFacts } from './material-facts.tsx';
import { Picture } from './picture.tsx';
import { materialWords } from './words.ts';
import './materials.css';

interface MaterialsViewerProps {
  readonly filingId: string;
  /** May whoever looks open them? The provider's people once they have claimed the filing. */
  readonly mayOpen: boolean;
  /** Places whose pictures are not those of the submission before. */
  readonly changed?: { readonly has: (field: string) => boolean };
  /** For a reviewer: each material can be flagged, and shows that it is. */
  readonly flags?: { readonly has: (field: string) => boolean; readonly onFlag: (field: string) => void };
}

/** The materials of a filing as a reviewer reads them: the original beside what the authority gets. */
export function MaterialsViewer({ filingId, mayOpen, changed, flags }: MaterialsViewerProps) {
  const { t, pick } = useText(materialWords, reviewWords);
  const found = useAnswer('listMaterials', { params: { filingId } });
  return (
    <Loaded query={found}>
      {({ needed }) => {
        const shown = needed.filter(({ isRequired, materials }) => isRequired || materials.length > 0);
        if (shown.length === 0) return null;
        return (
          <Panel title={t.material.title}>
            <div className="stack">
              <p className="soft">{mayOpen ? t.material.logged : t.material.toClaim}</p>
              {shown.map((place) => (
                <div key={place.field} id={fieldId(place.field)} className="material-slot">
                  <div className="row">
                    <strong>{pick(place.name)}</strong>
                    <span className="faint">
                      {place.imageUse === null ? t.material.staysHere : t.material.imageUse(place.imageUse)}
                    </span>
                    {place.materials.length === 0 && <State tone="warn">{t.material.missing}</State>}
                    {changed?.has(place.field) && <State tone="info">{t.review.pictureChanged}</State>}
                    {flags && (
                      <Button
                        className="push"
                        size="small"
                        danger={flags.has(place.field)}
                        aria-label={`${t.review.flag}: ${pick(place.name)}`}
                        aria-pressed={flags.has(place.field)}
                        onClick={() => flags.onFlag(place.field)}
                      >
                        {t.review.flag}
                      </Button>
                    )}
                  </div>
                  {place.materials.map((material) => (
                    <ReadPicture key={material.id} place={place} material={material} mayOpen={mayOpen} />
                  ))}
                </div>
              ))}
            </div>
          </Panel>
        );
      }}
    </Loaded>
  );
}

interface ReadPictureProps extends Pick<MaterialsViewerProps, 'mayOpen'> {
  readonly place: NeededMaterial;
  readonly material: Material;
}

function ReadPicture({ place, material, mayOpen }: ReadPictureProps) {
  const { t, pick } = useText(materialWords);
  const [isShown, setShown] = useState(false);
  const name = pick(place.name);
  return (
    <div className="stack">
      <div className="row">
        <MaterialFacts material={material} name={name} />
        {mayOpen && (
          <Button
            className="push"
            size="small"
            aria-expanded={isShown}
            aria-label={`${t.material.view}: ${name}`}
            onClick={() => setShown(!isShown)}
          >
            {isShown ? t.material.hide : t.material.view}
          </Button>
        )}
      </div>
      {isShown && mayOpen && (
        <div className="pictures">
          <Picture materialId={material.id} which="original" alt={`${name} · ${t.material.original}`} />
          <Picture materialId={material.id} which="copy" alt={`${name} · ${t.material.copy}`} />
        </div>
      )}
    </div>
  );
}
