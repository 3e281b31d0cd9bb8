export * from './events.ts';
export * from './kinds.ts';
export * from './lifecycle.ts';
export * from './return-reason.ts';
export { type RegionPlaceOf, type Route, routeFiling } from './route.ts';
export { parseRouteCase, type RouteCase, routeCaseSchema, routeIntents } from './route-case.ts';
export type { RouteStep } from './route-steps.ts';
export { type RouteReason, type RouteReasonCode, routeReasonCodes } from './route-texts.ts';
