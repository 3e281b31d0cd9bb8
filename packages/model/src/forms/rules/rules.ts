import type { RuleTable } from '../engine/rule.ts';
import { accessRules } from './access-rules.ts';
import { appRules, listRules } from './app-rules.ts';
import { cancellationRules } from './cancellation-rules.ts';
import type { CheckContext } from './check-context.ts';
import { contactRules } from './contact-rules.ts';
import { identityRules } from './identity-rules.ts';
import { siteRules, siteRulesOfEmpty } from './site-rules.ts';
import { validityRules } from './validity-rules.ts';

/** Every rule of the pre-check, by the id that fields name. */
export const formRules: RuleTable<CheckContext> = {
  ofValues: {
    ...identityRules,
    ...validityRules,
    ...contactRules,
    ...siteRules,
    ...accessRules,
    ...appRules,
    ...cancellationRules,
  },
  ofLists: listRules,
  ofEmpty: siteRulesOfEmpty,
};
