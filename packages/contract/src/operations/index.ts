import type { Operation } from '../operation.ts';
import * as apiKeys from './api-keys.ts';
import * as audit from './audit.ts';
import * as authorityLines from './authority-lines.ts';
import * as codes from './codes.ts';
import * as contests from './contests.ts';
import * as deployment from './deployment.ts';
import * as customerSteps from './filings/customer-steps.ts';
import * as filings from './filings/filings.ts';
import * as filingForm from './filings/form.ts';
import * as handEntry from './filings/hand-entry.ts';
import * as nameProof from './filings/name-proof.ts';
import * as operatorSteps from './filings/operator-steps.ts';
import * as gate from './gate.ts';
import * as help from './help.ts';
import * as inventorySyncs from './inventory-syncs.ts';
import * as jobs from './jobs.ts';
import * as materials from './materials.ts';
import * as members from './members.ts';
import * as notices from './notices.ts';
import * as stateOfOperations from './operations.ts';
import * as ownAccess from './own-access.ts';
import * as partner from './partner.ts';
import * as people from './people.ts';
import * as reconciliation from './reconciliation.ts';
import * as records from './records.ts';
import * as resources from './resources.ts';
import * as review from './review.ts';
import * as reviewQueue from './review-queue.ts';
import * as rules from './rules.ts';
import * as search from './search.ts';
import * as session from './session.ts';
import * as support from './support.ts';
import * as verification from './verification.ts';
import * as webhooks from './webhooks.ts';

/** Every operation under /api/v1. The OpenAPI document, the routes and the client all come from here. */
export const operations = {
  ...deployment,
  ...session,
  ...ownAccess,
  ...members,
  ...people,
  ...resources,
  ...inventorySyncs,
  ...codes,
  ...apiKeys,
  ...partner,
  ...filings,
  ...filingForm,
  ...customerSteps,
  ...materials,
  ...verification,
  ...nameProof,
  ...contests,
  ...support,
  ...review,
  ...reviewQueue,
  ...operatorSteps,
  ...handEntry,
  ...authorityLines,
  ...reconciliation,
  ...records,
  ...audit,
  ...jobs,
  ...stateOfOperations,
  ...search,
  ...help,
  ...rules,
  ...gate,
  ...webhooks,
  ...notices,
};
export type Operations = typeof operations;
/** The same, for code that treats all alike. */
export const allOperations: readonly Operation[] = Object.values(operations);
export type OperationId = keyof Operations;
