import { compact, halfWidth } from '@openbeian/model/forms';
import { Input, type InputProps } from 'antd';
import type { ClipboardEvent } from 'react';
import { hostOf } from './host-of.ts';

const ways = {
  /** An id, a code, a number, an address of mail. */
  compact,
  /** A name, whose spaces are its own. */
  trimmed: (text: string) => text.trim(),
  host: (text: string) => hostOf(halfWidth(text)),
} as const;

interface PastedInputProps extends Omit<InputProps, 'maxLength' | 'onChange' | 'value'> {
  readonly as?: keyof typeof ways;
  readonly value?: string;
  readonly onChange?: (text: string) => void;
}

/**
 * An input that people paste into: full-width letters, spaces and whole URLs become what is asked for, at the paste, on
 * Enter and on leaving. Nothing is cut: what is too long is for the server to refuse.
 */
export function PastedInput({ as = 'compact', value = '', onChange, ...rest }: PastedInputProps) {
  const settle = () => {
    const text = ways[as](value);
    if (text !== value) onChange?.(text);
  };
  const paste = (event: ClipboardEvent<HTMLInputElement>) => {
    const { selectionStart, selectionEnd } = event.currentTarget;
    const pasted = event.clipboardData.getData('text');
    const text = ways[as](pasted);
    if (text === pasted || onChange === undefined) return;
    event.preventDefault();
    onChange(value.slice(0, selectionStart ?? value.length) + text + value.slice(selectionEnd ?? value.length));
  };
  return (
    <Input
      {...rest}
      value={value}
      onChange={({ target }) => onChange?.(target.value)}
      onPaste={paste}
      onBlur={(event) => {
        settle();
        rest.onBlur?.(event);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter') settle();
        rest.onKeyDown?.(event);
      }}
    />
  );
}
