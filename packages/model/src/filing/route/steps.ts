import { filingKindTable, type RoutedKind } from '../kinds.ts';
import { type RouteStepAction, routeStepText } from './step-texts.ts';

/** One thing to do. */
export interface RouteStep {
  readonly action: RouteStepAction;
  readonly zh: string;
  readonly en: string;
}

/** What comes before or after the steps of the filing itself. */
export interface StepsAround {
  readonly before?: readonly RouteStepAction[];
  readonly after?: readonly RouteStepAction[];
}

/** The steps of a filing of a site or an app, in order. A filing made with another provider has only those around it. */
export function stepsFor(
  filing: RoutedKind | 'elsewhere' | 'none',
  { before = [], after = [] }: StepsAround,
  isApp: boolean,
): RouteStep[] {
  const own: readonly RouteStepAction[] =
    filing === 'elsewhere' || filing === 'none' ? [] : filingKindTable[filing].steps;
  return [...before, ...own, ...after].map((action) => ({ action, ...routeStepText(action, isApp) }));
}
