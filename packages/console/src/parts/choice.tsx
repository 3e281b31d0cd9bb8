import './choice.css';

interface ChoiceProps<Value extends string> {
  /** Read to whoever does not see what is around it. */
  readonly label: string;
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  /** In pixels. */
  readonly width: number;
}

/** One of a few values, as the browser itself offers them: to narrow or order a list. */
export function Choice<Value extends string>({ label, value, onChange, options, width }: ChoiceProps<Value>) {
  return (
    <select
      className="picked"
      aria-label={label}
      value={value}
      style={{ width }}
      // It has no other values.
      onChange={(event) => onChange(event.target.value as Value)}
    >
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  );
}
