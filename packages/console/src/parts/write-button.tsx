import { Button, type ButtonProps, Tooltip } from 'antd';
import { createContext, useContext } from 'react';
import { Link } from 'react-router';

/** Why this person can change nothing at the moment; null where the server decides action by action. */
export const ReadOnlyReason = createContext<string | null>(null);

interface WriteButtonProps extends ButtonProps {
  /** Where the change begins on a page of its own. */
  readonly to?: string;
}

/** A button that changes something, or leads to where something is changed: greyed with the reason while one only reads. */
export function WriteButton({ to, ...button }: WriteButtonProps) {
  const reason = useContext(ReadOnlyReason);
  if (reason !== null) {
    return (
      <Tooltip title={reason}>
        <Button {...button} disabled />
      </Tooltip>
    );
  }
  if (to === undefined) return <Button {...button} />;
  return (
    <Link to={to}>
      <Button {...button} />
    </Link>
  );
}
