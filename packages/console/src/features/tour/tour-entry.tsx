import { useEffect, useState } from 'react';
import { useAnswer } from '../../api/use-answer.ts';
import { useCommand } from '../../api/use-command.ts';
import { useText } from '../../language/language.tsx';
import { later } from '../../parts/later.tsx';
import { PlainButton } from '../../parts/plain.tsx';
import { useSession } from '../session/session-context.tsx';
import { onTourAsked } from './start-tour.ts';
import { tourWords } from './words.ts';
import './tour.css';

const RoleTour = later(async () => (await import('./role-tour.tsx')).RoleTour);

/** Above the page of whoever has neither taken nor skipped the tour: the offer of it, which covers nothing. */
export function TourEntry() {
  const { t } = useText(tourWords);
  const { support, secondFactorDue } = useSession();
  const isOwn = support === null && !secondFactorDue;
  const tour = useAnswer('getOwnTour', {}, { enabled: isOwn });
  const end = useCommand('endOwnTour');
  const [isOpen, setOpen] = useState(false);
  useEffect(() => onTourAsked(() => setOpen(true)), []);
  const close = () => {
    setOpen(false);
    if (isOwn && tour.data?.endedAt === null) end.mutate({ body: {} });
  };
  const isOffered = tour.data?.endedAt === null && !isOpen && !end.isPending && !end.isSuccess;
  return (
    <>
      {isOffered && (
        <div className="tour-offer" role="note">
          <span>{t.tour.offer}</span>
          <PlainButton onClick={() => setOpen(true)}>{t.tour.start}</PlainButton>
          <PlainButton onClick={close}>{t.tour.skip}</PlainButton>
        </div>
      )}
      {isOpen && <RoleTour onClose={close} />}
    </>
  );
}
