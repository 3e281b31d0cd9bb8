import type { FilingRow } from '../../ports/index.ts';
import type { Step } from '../command/step.ts';
import { personViewOf, verificationRulesAt, verifiedPeopleOf } from './verified-people.ts';

/** The step of verification of a filing, for whoever may see the filing. */
export async function verificationViewOf(step: Step, filing: FilingRow) {
  const { deps, at } = step;
  const rules = verificationRulesAt(deps, at);
  const people = await verifiedPeopleOf(step, filing);
  return {
    isRequired: deps.verification.isRequired,
    by: deps.verifier.by,
    persons: people.map((one) => personViewOf(step, one, rules)),
  };
}
