import { hostingRules } from '@openbeian/model/eligibility';
import { parseRouteCase, type Route, requestedKinds, routeFiling } from '@openbeian/model/filing';
import { loadPolicies } from '@openbeian/policies';
import { type Lang, readDocument, refusingFaults } from '../io/read-document.ts';
import { routeWords } from './words.ts';

/**
 * Decides the case in a file; the policies say which regions are in the mainland and for which products any number will do.
 * @throws InputError for a bad case or policy file.
 */
export function routeReport(file: string, lang: Lang, policyDirectories?: readonly string[]): Route {
  const policies = refusingFaults(
    lang,
    (path) => path,
    () => loadPolicies(policyDirectories),
  );
  const facts = readDocument(file, lang, parseRouteCase);
  return routeFiling(facts, hostingRules(policies));
}

/** Prints the answer for people: the decision, then why, then what to do. */
export function printRoute(route: Route, lang: Lang, out: NodeJS.WritableStream): void {
  const isRequested = requestedKinds.some((kind) => kind === route.filing);
  const access = isRequested ? routeWords.unchanged : routeWords.accessible[route.accessible];
  out.write(`${routeWords.needs[route.need][lang]}  ${routeWords.filings[route.filing][lang]}  ${access[lang]}\n`);
  for (const { code, message, source } of route.reasons) out.write(`  - ${message[lang]}  [${code}; ${source}]\n`);
  route.steps.forEach((step, index) => {
    out.write(`  ${index + 1}. ${step[lang]}\n`);
  });
}
