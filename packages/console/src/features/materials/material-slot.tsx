import { UploadOutlined } from '@ant-design/icons';
import { Button, Progress } from 'antd';
import { useRef, useState } from 'react';
import type { Material, NeededMaterial } from '../../api/shapes.ts';
import { useCommand } from '../../api/use-command.ts';
import { useUpload } from '../../api/use-upload.ts';
import { useText } from '../../language/language.tsx';
import { ConfirmButton } from '../../parts/confirm-button.tsx';
import { DayField } from '../../parts/day-field.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { State } from '../../parts/state.tsx';
import { MaterialFacts } from './material-facts.tsx';
import { Picture } from './picture.tsx';
import { materialWords } from './words.ts';

interface MaterialSlotProps {
  readonly filingId: string;
  readonly place: NeededMaterial;
  /** Since when a reviewer asks for another picture; null: nobody does. */
  readonly askedAt: string | null;
}

/** One place for pictures: what it is, what is there, and the way to upload, replace and remove. */
export function MaterialSlot({ filingId, place, askedAt }: MaterialSlotProps) {
  const { t, pick } = useText(materialWords);
  const name = pick(place.name);
  const { materials, isRequired, isRefused, most } = place;
  const isNew = askedAt !== null && materials.some(({ addedAt }) => addedAt > askedAt);
  return (
    <div className="material-slot">
      <div className="row">
        <strong>{name}</strong>
        {askedAt === null && materials.length > 0 && (
          <State tone={isRefused ? 'bad' : 'good'}>{isRefused ? t.material.refused : t.material.done}</State>
        )}
        {askedAt !== null && (
          <State tone={isNew ? 'good' : 'warn'}>{isNew ? t.material.replaced : t.material.toReplace}</State>
        )}
        {askedAt === null && materials.length === 0 && isRequired && <State tone="warn">{t.material.required}</State>}
        {materials.length === 0 && !isRequired && <span className="faint">{pick(place.when)}</span>}
      </div>
      {materials.map((material) => (
        <GivenPicture key={material.id} material={material} name={name} />
      ))}
      {(most === 1 || materials.length < most) && <UploadLine filingId={filingId} place={place} name={name} />}
    </div>
  );
}

/** A picture that is there. */
export function GivenPicture({ material, name }: { readonly material: Material; readonly name: string }) {
  const { t } = useText(materialWords);
  const [isShown, setShown] = useState(false);
  const remove = useCommand('removeMaterial');
  return (
    <div className="stack">
      <div className="row">
        <MaterialFacts material={material} name={name} />
        <div className="push row">
          <Button size="small" aria-expanded={isShown} onClick={() => setShown(!isShown)}>
            {isShown ? t.material.hide : t.material.view}
          </Button>
          <ConfirmButton
            title={t.material.removeTitle}
            lead={t.material.removeLead}
            pending={remove.isPending}
            onConfirm={() => remove.mutateAsync({ params: { materialId: material.id } })}
          >
            {t.material.remove}
          </ConfirmButton>
        </div>
      </div>
      <ProblemAlert error={remove.error} />
      {isShown && (
        <div className="pictures">
          <Picture materialId={material.id} which="original" alt={`${name} · ${t.material.original}`} />
          <Picture materialId={material.id} which="copy" alt={`${name} · ${t.material.copy}`} />
        </div>
      )}
    </div>
  );
}

interface UploadLineProps extends Omit<MaterialSlotProps, 'askedAt'> {
  readonly name: string;
}

/** One more beside those that are there is neither the first nor another instead. */
function wordOf({ most, materials }: NeededMaterial): 'upload' | 'replace' | 'add' {
  if (materials.length === 0) return 'upload';
  return most === 1 ? 'replace' : 'add';
}

function UploadLine({ filingId, place, name }: UploadLineProps) {
  const { t } = useText(materialWords);
  const input = useRef<HTMLInputElement>(null);
  const { key, part, certificateType } = place;
  const { signedOn, lacksDay, dayInput } = useSigningDay(place);
  const said = {
    ...(certificateType !== null && { certificateType }),
    ...(place.isSigned && signedOn !== '' && { signedOn }),
  };
  const upload = useUpload({ filingId, key, part, ...said });
  const percent = Math.round(upload.share * 100);
  return (
    <div className="stack">
      <div className="row">
        <input
          ref={input}
          type="file"
          accept="image/jpeg,image/png"
          hidden
          data-material={place.field}
          onChange={({ target }) => {
            const file = target.files?.[0];
            // The same file can be chosen again after it was refused.
            target.value = '';
            if (file !== undefined && !lacksDay()) upload.mutate(file);
          }}
        />
        {dayInput}
        <Button
          size="small"
          icon={<UploadOutlined />}
          disabled={upload.isPending}
          aria-label={t.material.named[wordOf(place)](name)}
          onClick={() => {
            if (!lacksDay()) input.current?.click();
          }}
        >
          {t.material[wordOf(place)]}
        </Button>
        {upload.isPending && (
          <>
            <Progress
              className="material-progress"
              percent={percent}
              size="small"
              status="active"
              aria-label={t.material.progress(name)}
              format={() => (percent === 100 ? t.material.checking : `${percent}%`)}
            />
            <Button size="small" type="text" onClick={upload.stop}>
              {t.material.stop}
            </Button>
          </>
        )}
      </div>
      <ProblemAlert error={upload.error} labelOf={() => name} />
    </div>
  );
}

/** The day of a signed paper: the server refuses one without it, which is said before a file is chosen. */
function useSigningDay({ isSigned, name }: NeededMaterial) {
  const { pick } = useText(materialWords);
  const [signedOn, setSignedOn] = useState('');
  const [isDayMissing, setDayMissing] = useState(false);
  const lacksDay = () => {
    const isMissing = isSigned && signedOn === '';
    setDayMissing(isMissing);
    return isMissing;
  };
  const isMissing = isDayMissing && signedOn === '';
  const dayInput = isSigned && (
    <SigningDay name={pick(name)} value={signedOn} isMissing={isMissing} onChange={setSignedOn} />
  );
  return { signedOn, lacksDay, dayInput };
}

interface SigningDayProps {
  readonly name: string;
  /** YYYY-MM-DD; empty: not said. */
  readonly value: string;
  /** A picture was chosen without it. */
  readonly isMissing: boolean;
  readonly onChange: (day: string) => void;
}

/** The day that a signed paper bears, checked before it is uploaded. */
function SigningDay({ name, value, isMissing, onChange }: SigningDayProps) {
  const { t } = useText(materialWords);
  return (
    <label className="row">
      <span className="faint">{t.material.signedOn}</span>
      <DayField aria-label={t.material.signedOnOf(name)} value={value} aria-invalid={isMissing} onChange={onChange} />
      {isMissing && (
        <span role="alert">
          <State tone="bad">{t.material.signedOnFirst}</State>
        </span>
      )}
    </label>
  );
}
