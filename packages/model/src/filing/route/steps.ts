import { type FilingKind, filingKindTable } from '../kinds.ts';
import { type RouteStepAction, routeStepTexts } from './step-texts.ts';

/** One thing to do. */
export interface RouteStep {
  readonly action: RouteStepAction;
  readonly zh: string;
  readonly en: string;
}

const withoutFiling = { elsewhere: ['apply_at_host'], none: [] } as const;

/** The steps of a filing, in order. `foreignRecord`: another organiser's record of the name must end first. */
export function stepsFor(filing: FilingKind | 'elsewhere' | 'none', foreignRecord: boolean): RouteStep[] {
  const actions: RouteStepAction[] = foreignRecord ? ['end_foreign_record'] : [];
  actions.push(
    ...(filing === 'elsewhere' || filing === 'none' ? withoutFiling[filing] : filingKindTable[filing].steps),
  );
  return actions.map((action) => ({ action, ...routeStepTexts[action] }));
}
