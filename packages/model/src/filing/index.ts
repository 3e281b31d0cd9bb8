export * from './claim.ts';
export * from './course.ts';
export * from './course-texts.ts';
export * from './desk-events.ts';
export * from './events.ts';
export * from './kinds.ts';
export * from './lifecycle/actions.ts';
export * from './lifecycle/states.ts';
export * from './lifecycle/transitions.ts';
export * from './lifecycle/undo-lapse.ts';
export * from './material-place.ts';
export * from './return-reason.ts';
export * from './reveal.ts';
export * from './review.ts';
export {
  parseRouteCase,
  type RouteCase,
  routeCaseSchema,
  routeIntents,
} from './route/case.ts';
export {
  type Conflict,
  type ConflictFacts,
  conflictCodes,
  conflictFactsShape,
  conflictsIn,
} from './route/conflicts.ts';
export { type RegionPlaceOf, type RouteRules } from './route/decide-opening.ts';
export { type RouteReason, type RouteReasonCode, routeReasonCodes } from './route/reasons.ts';
export { type Route, routeFiling } from './route/route.ts';
export { routeStepText } from './route/step-texts.ts';
export type { RouteStep } from './route/steps.ts';
export * from './side-by-side.ts';
export * from './site-meanwhile.ts';
export * from './sms.ts';
export * from './time-limits.ts';
