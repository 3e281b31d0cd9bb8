import type { ReactNode } from 'react';
import { useText } from '../../language/language.tsx';
import { Choice } from '../../parts/choice.tsx';
import { authorityWords } from './words.ts';

/** The provinces that there are lines to. */
export interface Provinces {
  readonly provinceCodes: readonly string[];
  readonly nameOf: (provinceCode: string) => string;
}

interface FilterBarProps extends Provinces {
  readonly provinceCode: string | undefined;
  readonly onProvince: (provinceCode: string | undefined) => void;
  /** By what else the list is narrowed. */
  readonly children: ReactNode;
}

/** Narrows a list of what there is on the lines. */
export function FilterBar({ provinceCodes, nameOf, provinceCode, onProvince, children }: FilterBarProps) {
  const { t } = useText(authorityWords);
  return (
    <div className="bar filters">
      {children}
      {provinceCodes.length > 1 && (
        <FilterChoice
          label={t.line.province}
          width={140}
          value={provinceCode}
          onChange={onProvince}
          options={provinceCodes.map((value) => ({ value, label: nameOf(value) }))}
        />
      )}
    </div>
  );
}

interface FilterChoiceProps<Value extends string> {
  readonly label: string;
  readonly width: number;
  /** Left out: all. */
  readonly value: Value | undefined;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  readonly onChange: (value: Value | undefined) => void;
}

/** One of a few values, or all. */
export function FilterChoice<Value extends string>({ value, options, onChange, ...shown }: FilterChoiceProps<Value>) {
  const { t } = useText(authorityWords);
  // Two that say “all” side by side would not say of what.
  const all = { value: 'all', label: t.app.labelled(shown.label, t.app.all) } as const;
  return (
    <Choice<Value | 'all'>
      {...shown}
      value={value ?? 'all'}
      options={[all, ...options]}
      onChange={(chosen) => onChange(chosen === 'all' ? undefined : chosen)}
    />
  );
}
