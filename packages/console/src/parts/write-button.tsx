import { Button, type ButtonProps } from 'antd';
import { createContext, useContext } from 'react';
import { Link } from 'react-router';
import { later } from './later.tsx';
import type { RefusedButtonProps } from './refused-button.tsx';

/** Why this person can change nothing at the moment; null where the server decides action by action. */
export const ReadOnlyReason = createContext<string | null>(null);

/** Its tip is fetched for those who only read. */
const RefusedButton = later(
  async () => (await import('./refused-button.tsx')).RefusedButton,
  ({ button }: RefusedButtonProps) => <Button {...button} disabled />,
);

interface WriteButtonProps extends ButtonProps {
  /** Where the change begins on a page of its own. */
  readonly to?: string;
}

/** A button that changes something, or leads to where something is changed: greyed with the reason while one only reads. */
export function WriteButton({ to, ...button }: WriteButtonProps) {
  const reason = useContext(ReadOnlyReason);
  if (reason !== null) return <RefusedButton reason={reason} button={button} />;
  if (to === undefined) return <Button {...button} />;
  return (
    <Link to={to}>
      <Button {...button} />
    </Link>
  );
}
