import { useText } from '../language/language.tsx';
import { Choice } from './choice.tsx';
import { useAddressText } from './use-address-text.ts';

/** What a list is narrowed to, in the page's address: one of those values; undefined while nothing or something else is named there. */
export function useAddressChoice<Value extends string>(
  name: string,
  values: readonly Value[],
): readonly [chosen: Value | undefined, change: (value: Value | undefined) => void] {
  const [text, setText] = useAddressText(name);
  return [values.find((value) => value === text), (value) => setText(value ?? '')];
}

interface NarrowByProps<Value extends string> {
  /** What it narrows by, e.g. the status. */
  readonly label: string;
  readonly values: readonly Value[];
  readonly textOf: (value: Value) => string;
  readonly chosen: Value | undefined;
  readonly onChange: (value: Value | undefined) => void;
  /** In pixels. */
  readonly width?: number;
}

/** Narrows a list to one of a few values, or to all of them. */
export function NarrowBy<Value extends string>(props: NarrowByProps<Value>) {
  const { label, values, textOf, chosen, onChange, width = 160 } = props;
  const { t } = useText();
  return (
    <Choice<Value | 'all'>
      label={label}
      width={width}
      value={chosen ?? 'all'}
      onChange={(value) => onChange(value === 'all' ? undefined : value)}
      options={[
        { value: 'all', label: t.app.labelled(label, t.app.all) },
        ...values.map((value) => ({ value, label: textOf(value) })),
      ]}
    />
  );
}
