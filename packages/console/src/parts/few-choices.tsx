import { useId } from 'react';
import './plain.css';

interface FewChoicesProps<Value extends string> {
  readonly label: string;
  readonly choices: readonly { readonly value: Value; readonly text: string; readonly lang?: string }[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
}

/** One of two or three short words, all of them in view. */
export function FewChoices<Value extends string>({ label, choices, value, onChange }: FewChoicesProps<Value>) {
  const group = useId();
  return (
    <fieldset className="few-choices" aria-label={label}>
      {choices.map((one) => (
        <label key={one.value}>
          <input type="radio" name={group} checked={one.value === value} onChange={() => onChange(one.value)} />
          <span {...(one.lang && { lang: one.lang })}>{one.text}</span>
        </label>
      ))}
    </fieldset>
  );
}
