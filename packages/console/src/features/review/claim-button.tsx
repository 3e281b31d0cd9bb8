import { Button } from 'antd';
import { problemParts } from '../../api/problem-parts.ts';
import type { Filing } from '../../api/shapes.ts';
import { useCommand } from '../../api/use-command.ts';
import { useText } from '../../language/language.tsx';
import { useMessage } from '../../parts/message.tsx';
import { reviewWords } from './words.ts';

interface ClaimButtonProps {
  readonly filing: Filing;
  readonly size?: 'small' | 'middle';
}

/** Claims a filing, or releases it; nothing where the server allows neither. */
export function ClaimButton({ filing, size = 'middle' }: ClaimButtonProps) {
  const { t, pick } = useText(reviewWords);
  const message = useMessage();
  const claim = useCommand('claimFiling');
  const release = useCommand('releaseFiling');
  const input = { params: { filingId: filing.id }, body: {} };
  const onError = (error: Error) => message.error(pick(problemParts(error).text));
  if (filing.actions.includes('release')) {
    return (
      <Button size={size} loading={release.isPending} onClick={() => release.mutate(input, { onError })}>
        {t.review.release}
      </Button>
    );
  }
  if (!filing.actions.includes('claim')) return null;
  return (
    <Button size={size} loading={claim.isPending} onClick={() => claim.mutate(input, { onError })}>
      {t.review.claim}
    </Button>
  );
}

/** Who of the provider works on the filing, and until when. */
export function ClaimHolder({ filing }: { readonly filing: Filing }) {
  const { t, instant } = useText(reviewWords);
  const { claim } = filing;
  if (claim === null) return <span className="faint">{t.review.unclaimed}</span>;
  return (
    <div>
      <div>{claim.mine ? t.review.claimedByMe : (claim.holderName ?? claim.holderId)}</div>
      <div className="faint number">{t.review.claimedUntil(instant(claim.until))}</div>
    </div>
  );
}
