import type { Material } from '../../api/shapes.ts';
import { useText } from '../../language/language.tsx';
import { FindingList } from '../../parts/finding-list.tsx';
import { State } from '../../parts/state.tsx';
import { sizeText } from './size-text.ts';
import { materialWords } from './words.ts';

/** What is known of a picture: size, scan, and what the check at upload advised. */
export function MaterialFacts({ material, name }: { readonly material: Material; readonly name: string }) {
  const { t } = useText(materialWords);
  const { width, height, bytes, copyBytes, scan, advice, signedOn } = material;
  return (
    <div className="stack">
      <div className="row faint">
        {signedOn !== null && (
          <span>
            {t.material.signedOn} {signedOn}
          </span>
        )}
        <span>{t.material.pixels(width, height)}</span>
        <span>{sizeText(bytes)}</span>
        <span>
          {t.material.copy} {sizeText(copyBytes)}
        </span>
        <State tone={scan === 'clean' ? 'good' : 'quiet'}>
          {scan === 'clean' ? t.material.clean : t.material.notScanned}
        </State>
      </div>
      <FindingList
        findings={advice.map((finding) => ({ ...finding, severity: 'warning' as const }))}
        labelOf={() => name}
      />
    </div>
  );
}
