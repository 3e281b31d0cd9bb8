import { placeOfRegion } from '@openbeian/model/eligibility';
import { parseRouteCase, type Route, routeFiling } from '@openbeian/model/filing';
import { loadPolicies } from '@openbeian/policies';
import { type Lang, readDocument, refusingFaults } from '../io/read-document.ts';

/**
 * Decides the case in a file; the policies only say which regions lie in the mainland.
 * @throws InputError for a bad case or policy file.
 */
export function routeReport(file: string, lang: Lang, policyDirectories?: readonly string[]): Route {
  const policies = refusingFaults(
    lang,
    (path) => path,
    () => loadPolicies(policyDirectories),
  );
  const facts = readDocument(file, lang, parseRouteCase);
  return routeFiling(facts, (provider, region) => placeOfRegion(policies, provider, region));
}

/** Prints the answer for people: the decision, then why, then what to do. */
export function printRoute(route: Route, lang: Lang, out: NodeJS.WritableStream): void {
  const words = texts[lang];
  out.write(`${words.needs[route.need]}  ${words.filings[route.filing]}  ${words.accessible[route.accessible]}\n`);
  for (const { code, message, source } of route.reasons) out.write(`  - ${message[lang]}  [${code}; ${source}]\n`);
  route.steps.forEach((step, index) => {
    out.write(`  ${index + 1}. ${step[lang]}\n`);
  });
}

interface RouteTexts {
  readonly needs: Readonly<Record<Route['need'], string>>;
  readonly filings: Readonly<Record<Route['filing'], string>>;
  readonly accessible: Readonly<Record<Route['accessible'], string>>;
}

const texts: Readonly<Record<Lang, RouteTexts>> = {
  zh: {
    needs: { required: '需要', not_required: '不需要备案', advisable: '建议提前' },
    filings: {
      first: '首次备案',
      access: '接入备案',
      add_site_here: '新增网站（原备案在本接入商）',
      add_site_elsewhere: '新增网站（原备案不在本接入商）',
      change_filing: '变更备案',
      change_site: '变更网站',
      cancel_subject: '注销主体',
      cancel_site: '注销网站',
      cancel_access: '取消接入',
      move_account: '迁移备案账号',
      elsewhere: '到放置网站的接入商备案',
      none: '',
    },
    accessible: { now: '现在即可访问', after_review: '初审通过后可访问', after_number: '取得备案号后可访问' },
  },
  en: {
    needs: { required: 'required:', not_required: 'no filing needed', advisable: 'advisable now:' },
    filings: {
      first: 'first filing',
      access: 'access filing',
      add_site_here: 'added site, subject filed here',
      add_site_elsewhere: 'added site, organiser filed elsewhere',
      change_filing: 'change of the filing',
      change_site: 'change of the site',
      cancel_subject: 'cancellation of the subject',
      cancel_site: 'cancellation of the site',
      cancel_access: 'cancellation of the access',
      move_account: 'move to another account',
      elsewhere: 'a filing with the provider that hosts',
      none: '',
    },
    accessible: { now: 'served now', after_review: 'served after the review', after_number: 'served with the number' },
  },
};
