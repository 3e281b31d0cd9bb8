import type { Session } from '../../api/shapes.ts';
import type { tourWords } from './words.ts';

export type StepId = keyof typeof tourWords.tour.steps;

/** What each role is shown, in this order. */
export const stepsOf: Readonly<Record<Session['role'], readonly StepId[]>> = {
  customer: ['overview', 'resources', 'filings', 'codes', 'records', 'members', 'bell', 'search', 'help'],
  reviewer: ['queue', 'allFilings', 'bell', 'search', 'help'],
  operator: ['status', 'allFilings', 'people', 'inventory', 'authority', 'audit', 'bell', 'search', 'help'],
  auditor: ['audit', 'allFilings', 'bell', 'search', 'help'],
};

const inMenu = (path: string): string => `.frame-side .nav a[href="${path}"]`;

/** Where it is in the frame around every page. */
export const placeOf: Readonly<Record<StepId, string>> = {
  overview: inMenu('/'),
  resources: inMenu('/resources'),
  filings: inMenu('/filings'),
  codes: inMenu('/codes'),
  records: inMenu('/records'),
  members: inMenu('/members'),
  bell: '.bell',
  search: '.search-entry',
  help: inMenu('/help'),
  queue: inMenu('/review'),
  allFilings: inMenu('/filings'),
  status: inMenu('/operations'),
  people: inMenu('/people'),
  inventory: inMenu('/inventory'),
  authority: inMenu('/authority'),
  audit: inMenu('/audit'),
};
