import { Drawer } from 'antd';
import type { ReactNode } from 'react';
import { useText } from '../language/language.tsx';

interface MenuDrawerProps {
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** The menu where there is no room for it beside the page. */
export function MenuDrawer({ onClose, children }: MenuDrawerProps) {
  const { t } = useText();
  return (
    <Drawer placement="left" size={272} open onClose={onClose} title={t.app.menu}>
      <div style={{ margin: '-16px -12px' }}>{children}</div>
    </Drawer>
  );
}
