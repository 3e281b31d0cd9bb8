import type { Decision } from '../../api/shapes.ts';
import { ReasonList } from '../../parts/reason-list.tsx';
import { type ResourceAbout, useRemedyAction } from './remedy-action.tsx';

interface ResourceReasonsProps {
  readonly reasons: Decision['reasons'];
  readonly about: ResourceAbout;
  readonly quiet?: boolean;
}

/** Reasons about a resource, each with what leads its owner to the remedy. */
export function ResourceReasons({ reasons, about, quiet = false }: ResourceReasonsProps) {
  const actionOf = useRemedyAction(about);
  return <ReasonList reasons={reasons} quiet={quiet} {...(actionOf && { actionOf })} />;
}
