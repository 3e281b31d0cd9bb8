import * as apiKeys from './api-keys.ts';
import * as codes from './codes.ts';
import * as deployment from './deployment.ts';
import * as filings from './filings.ts';
import * as notices from './notices.ts';
import * as oversight from './oversight.ts';
import * as partner from './partner.ts';
import * as resources from './resources.ts';
import * as session from './session.ts';
import * as webhooks from './webhooks.ts';

/** Every operation under /api/v1. The OpenAPI document, the routes and the client all come from here. */
export const operations = {
  ...deployment,
  ...session,
  ...resources,
  ...codes,
  ...apiKeys,
  ...partner,
  ...filings,
  ...oversight,
  ...webhooks,
  ...notices,
};
export type Operations = typeof operations;
export type OperationId = keyof Operations;
