import {
  CheckCircleFilled,
  CloseCircleFilled,
  ExclamationCircleFilled,
  QuestionCircleOutlined,
} from '@ant-design/icons';
import type { ReactNode } from 'react';
import type { Item } from './shapes.ts';

type ItemState = Item['state'];

const marks = {
  ok: { tone: 'good', icon: <CheckCircleFilled /> },
  unknown: { tone: 'quiet', icon: <QuestionCircleOutlined /> },
  attention: { tone: 'warn', icon: <ExclamationCircleFilled /> },
  failing: { tone: 'bad', icon: <CloseCircleFilled /> },
} as const satisfies Record<ItemState, { tone: string; icon: ReactNode }>;

interface StateMarkProps {
  readonly state: ItemState;
  readonly large?: boolean;
  /** The word; the sign and its colour repeat it. */
  readonly children: ReactNode;
}

export function StateMark({ state, large = false, children }: StateMarkProps) {
  const { tone, icon } = marks[state];
  return (
    <span className={`operations-mark ${tone}${large ? ' large' : ''}`}>
      <span aria-hidden="true">{icon}</span>
      {children}
    </span>
  );
}
