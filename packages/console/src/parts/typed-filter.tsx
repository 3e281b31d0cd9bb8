import { useState } from 'react';

interface TypedFilterProps {
  readonly label: string;
  readonly value: string | null;
  readonly onDone: (text: string) => void;
  readonly children: (input: {
    readonly 'aria-label': string;
    readonly value: string;
    readonly onChange: (text: string | undefined) => void;
    readonly onBlur: () => void;
    readonly onKeyDown: (event: React.KeyboardEvent) => void;
  }) => React.ReactNode;
}

/** What is typed narrows the list once it is done: on Enter, on leaving, and at once when it is emptied. */
export function TypedFilter({ label, value, onDone, children }: TypedFilterProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const send = (text: string) => {
    setTyped(null);
    if (text.trim() !== (value ?? '')) onDone(text.trim());
  };
  return children({
    'aria-label': label,
    value: typed ?? value ?? '',
    onChange: (text = '') => (text === '' ? send('') : setTyped(text)),
    onBlur: () => typed !== null && send(typed),
    onKeyDown: (event) => {
      if (event.key === 'Enter' && typed !== null) send(typed);
    },
  });
}
