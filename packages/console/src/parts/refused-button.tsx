import { Button, type ButtonProps, Tooltip } from 'antd';

export interface RefusedButtonProps {
  readonly reason: string;
  readonly button: ButtonProps;
}

/** A button that somebody may not use, with the reason. */
export function RefusedButton({ reason, button }: RefusedButtonProps) {
  return (
    <Tooltip title={reason}>
      <Button {...button} disabled />
    </Tooltip>
  );
}
