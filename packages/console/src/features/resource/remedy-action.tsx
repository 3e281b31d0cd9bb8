import { type LinkedRemedy, linkedRemedies, linkOf } from '@openbeian/model/eligibility';
import { Link } from 'react-router';
import { useAnswer } from '../../api/use-answer.ts';
import { useText } from '../../language/language.tsx';
import type { ReasonView } from '../../parts/reason-list.tsx';
import { useSession } from '../session/session-context.tsx';
import { resourceWords } from './words.ts';

/** The resource that reasons are about, as far as the page knows it. */
export interface ResourceAbout {
  readonly id: string;
  readonly accountId: string;
  readonly provider?: string;
  readonly product?: string;
  /** The reasons stand on the resource's own page. */
  readonly here?: boolean;
}

const isLinked = (action: string): action is LinkedRemedy => linkedRemedies.some((known) => known === action);

/** Pages of ours that do what a remedy asks for, or lead on to it. */
function ownPageOf(
  action: string,
  { id, here }: ResourceAbout,
): { to: string; label: 'resource' | 'other' | 'code' | 'file' } | null {
  const other = { to: '/resources?show=file', label: 'other' } as const;
  if (action === 'use_other_resource') return other;
  if (action === 'use_code_from_other_account') return { to: '/codes?tab=granted', label: 'code' };
  if (action === 'file_directly') return { to: `/filings/new?resource=${encodeURIComponent(id)}`, label: 'file' };
  if (!isLinked(action)) return null;
  return here === true ? other : { to: `/resources/${encodeURIComponent(id)}`, label: 'resource' };
}

/**
 * What leads the resource's owner to where a reason is dealt with: the page that the deployment names for the provider and
 * the action, else the page of ours. The provider's own people are led nowhere: it is not theirs to do.
 */
export function useRemedyAction(about: ResourceAbout): ((reason: ReasonView) => React.ReactNode) | undefined {
  const { t } = useText(resourceWords);
  const { accountId } = useSession();
  const { remedyLinks = {} } = useAnswer('getDeployment', {}).data ?? {};
  if (accountId !== about.accountId) return undefined;
  return ({ remedy }) => {
    const action = remedy?.action;
    if (action === undefined) return null;
    const template = remedyLinks[about.provider ?? '']?.[action];
    if (template !== undefined && isLinked(action)) {
      const href = linkOf(template, { resourceId: about.id, product: about.product ?? '', accountId: about.accountId });
      return (
        <a href={href} target="_blank" rel="noreferrer">
          {t.remedyAction[action]}
        </a>
      );
    }
    const own = ownPageOf(action, about);
    return own && <Link to={own.to}>{t.remedyPage[own.label]}</Link>;
  };
}
