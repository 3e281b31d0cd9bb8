import { Tour } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useText } from '../../language/language.tsx';
import { useSession } from '../session/session-context.tsx';
import { placeOf, stepsOf } from './steps.ts';
import { tourWords } from './words.ts';

/** Shows what is where, one thing after another; arrows move, Esc ends it. */
export function RoleTour({ onClose }: { readonly onClose: () => void }) {
  const { t } = useText(tourWords);
  const { role } = useSession();
  const [at, setAt] = useState(0);
  const [before] = useState(() => document.activeElement);
  const ids = stepsOf[role];
  const close = () => {
    onClose();
    if (before instanceof HTMLElement && before.isConnected) before.focus();
  };
  return (
    <Tour
      open
      current={at}
      onChange={setAt}
      onClose={close}
      steps={ids.map((id, index) => ({
        title: <StepTitle key={id} title={t.tour.steps[id].title} place={t.tour.step(index + 1, ids.length)} />,
        description: (
          <>
            {t.tour.steps[id].text}
            <span className="tour-keys">{t.tour.keys}</span>
          </>
        ),
        target: targetOf(placeOf[id]),
      }))}
      indicatorsRender={placeIn}
    />
  );
}

const placeIn = (at: number, total: number) => <span className="faint">{`${at + 1} / ${total}`}</span>;

/** On a phone what is in the menu is behind its button. Null where neither has room: then the step is in the middle. */
function targetOf(selector: string): HTMLElement | null {
  const places = [selector, '.menu-button'].map((one) => document.querySelector<HTMLElement>(one));
  return places.find((place) => place !== null && place.getClientRects().length > 0) ?? null;
}

interface StepTitleProps {
  readonly title: string;
  readonly place: string;
}

/** Takes the focus with each step, so that it is read out and the buttons come next. */
function StepTitle({ title, place }: StepTitleProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // Once it is where it belongs: what is not shown yet takes no focus.
    const timer = setTimeout(() => heading.current?.focus({ preventScroll: true }), 60);
    return () => clearTimeout(timer);
  }, []);
  return (
    <h2 ref={heading} tabIndex={-1} className="tour-title" aria-label={`${title} · ${place}`}>
      {title}
    </h2>
  );
}
