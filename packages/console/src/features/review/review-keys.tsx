import { useText } from '../../language/language.tsx';
import type { Shortcut } from '../../parts/shortcut.ts';
import { Shortcuts } from '../../parts/shortcuts.tsx';
import { moveFocus } from './move-focus.ts';
import type { Opinion } from './use-opinion.tsx';
import { reviewWords } from './words.ts';

interface ReviewKeysProps {
  readonly onNext: () => void;
  readonly onQueue: () => void;
  /** Left out: nothing can be decided now. */
  readonly opinion?: Opinion;
  readonly onFlag?: (field: string | null) => void;
  readonly onTickAll?: () => void;
}

const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9'];

/** The review without a mouse. */
export function ReviewKeys({ onNext, onQueue, opinion, onFlag, onTickAll }: ReviewKeysProps) {
  const { t } = useText(reviewWords);
  const fields: Shortcut[] = [
    { keys: ['j', 'arrowdown'], label: t.review.keys.nextField, run: () => moveFocus('[data-flag]', 1) },
    { keys: ['k', 'arrowup'], label: t.review.keys.previousField, run: () => moveFocus('[data-flag]', -1) },
    {
      keys: digits,
      label: t.review.keys.section,
      run: (key) => {
        const section = document.querySelector<HTMLElement>(`[data-section="${key}"]`);
        section?.scrollIntoView({ block: 'start' });
        section?.querySelector<HTMLElement>('[data-flag]')?.focus({ preventScroll: true });
      },
    },
  ];
  const flagOfFocus = () => {
    const field = document.activeElement?.getAttribute('data-flag') ?? null;
    onFlag?.(field);
  };
  const deciding: Shortcut[] =
    opinion === undefined
      ? []
      : [
          { keys: ['f'], label: t.review.keys.flag, run: flagOfFocus },
          { keys: ['t'], label: t.review.keys.tickAll, run: () => onTickAll?.() },
          { keys: ['p'], label: t.review.pass, run: opinion.askPass },
          { keys: ['r'], label: t.review.returnNone, run: opinion.sendBack },
          { keys: ['a'], label: t.review.askShort, run: opinion.sendQuestion },
        ];
  return (
    <Shortcuts
      shortcuts={[
        { keys: ['n'], label: t.review.next, run: onNext },
        ...fields,
        ...deciding,
        { keys: ['q'], label: t.review.keys.queue, run: onQueue },
      ]}
    />
  );
}
