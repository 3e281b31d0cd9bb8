import { type RefObject, useRef } from 'react';

const firstField = ':is(input, textarea):not(:disabled, [type="hidden"])';

/** A dialog begins at the first field of the element `fields`, and not at the button that closes it, which comes first. */
export function useFirstField(): {
  readonly fields: RefObject<HTMLDivElement | null>;
  readonly focusFirst: (isOpen: boolean) => void;
} {
  const fields = useRef<HTMLDivElement>(null);
  const focusFirst = (isOpen: boolean) => {
    if (isOpen) fields.current?.querySelector<HTMLElement>(firstField)?.focus();
  };
  return { fields, focusFirst };
}
