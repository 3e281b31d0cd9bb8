import { Navigate, Outlet, type RouteObject } from 'react-router';
import type { Session } from '../api/shapes.ts';
import { ForRoles, useSession } from '../features/session/session-context.tsx';
import { rememberedLanguage } from '../language/language.tsx';
import { loadPart, PartNotLoaded } from '../parts/load-part.ts';
import { CrashPage } from './crash-page.tsx';
import { FetchedAgain } from './fetched-again.tsx';
import { firstPage } from './first-page.ts';
import { PageWaiting } from './page-waiting.tsx';
import { RootFrame } from './root-frame.tsx';

type Role = Session['role'];
const provider: readonly Role[] = ['reviewer', 'operator', 'auditor'];
const owners: readonly Role[] = ['customer', 'operator', 'auditor'];

/**
 * A part of the tree of pages, fetched when it is first needed. What cannot be fetched has something in its place that fetches it
 * again: the router shows nothing at all where `lazy` fails.
 */
function part(load: () => Promise<React.ComponentType>): Pick<RouteObject, 'lazy' | 'errorElement'> {
  const lazy = async () => {
    try {
      return { Component: await loadPart(load) };
    } catch (error) {
      if (!(error instanceof PartNotLoaded)) throw error;
      return { Component: () => <FetchedAgain load={load} error={error} /> };
    }
  };
  return { lazy, errorElement: <CrashPage /> };
}

/** A page for some roles. */
function page(path: string, roles: readonly Role[] | 'all', load: () => Promise<React.ComponentType>): RouteObject {
  if (roles === 'all') return { path, ...part(load) };
  return {
    path,
    ...part(async () => {
      const Shown = await load();
      return () => (
        <ForRoles roles={roles}>
          <Shown />
        </ForRoles>
      );
    }),
  };
}

function Start() {
  const { role } = useSession();
  return role === 'customer' ? <Outlet /> : <Navigate replace to={firstPage[role]} />;
}

const signedIn: RouteObject[] = [
  {
    element: <Start />,
    children: [page('', 'all', async () => (await import('../features/overview/overview-page.tsx')).OverviewPage)],
  },
  page('resources', 'all', async () => (await import('../features/resource/resources-page.tsx')).ResourcesPage),
  page(
    'resources/:resourceId',
    'all',
    async () => (await import('../features/resource/resource-page.tsx')).ResourcePage,
  ),
  page('codes', 'all', async () => (await import('../features/code/codes-page.tsx')).CodesPage),
  page('filings', 'all', async () => (await import('../features/filing/filings-page.tsx')).FilingsPage),
  page('filings/prepare', 'all', async () => (await import('../features/filing/prepare-page.tsx')).PreparePage),
  page('filings/new', ['customer'], async () => (await import('../features/filing/start-page.tsx')).StartPage),
  page('filings/:filingId', 'all', async () => (await import('../features/filing/filing-page.tsx')).FilingPage),
  page('filings/:filingId/form', 'all', async () => (await import('../features/filing/form-page.tsx')).FormPage),
  page(
    'filings/:filingId/hand-entry',
    ['operator'],
    async () => (await import('../features/hand-entry/hand-entry-page.tsx')).HandEntryPage,
  ),
  page(
    'notices',
    [...owners, 'reviewer'],
    async () => (await import('../features/notice/notices-page.tsx')).NoticesPage,
  ),
  {
    // What only owners of a customer's account change.
    ...part(async () => (await loadSignedIn()).OwnersOnly),
    children: [
      page('api-keys', owners, async () => (await import('../features/api-key/api-keys-page.tsx')).ApiKeysPage),
      page('webhooks', owners, async () => (await import('../features/webhook/webhooks-page.tsx')).WebhooksPage),
      page(
        'webhooks/:webhookId',
        owners,
        async () => (await import('../features/webhook/webhook-page.tsx')).WebhookPage,
      ),
      page(
        'moves',
        ['customer', 'operator', 'auditor'],
        async () => (await import('../features/record/moves-page.tsx')).MovesPage,
      ),
      page('members', ['customer'], async () => (await import('../features/member/members-page.tsx')).MembersPage),
    ],
  },
  page('records', 'all', async () => (await import('../features/record/records-page.tsx')).RecordsPage),
  page('review', ['reviewer'], async () => (await import('../features/review/queue-page.tsx')).QueuePage),
  // Also where it was before it had plots.
  ...['statistics', 'review/statistics'].map((path) =>
    page(path, provider, async () => (await import('../features/statistics/statistics-page.tsx')).StatisticsPage),
  ),
  page(
    'statistics/month',
    provider,
    async () => (await import('../features/statistics/month-report-page.tsx')).MonthReportPage,
  ),
  page('review/:filingId', ['reviewer'], async () => (await import('../features/review/review-page.tsx')).ReviewPage),
  page(
    'contests',
    ['customer', 'operator', 'auditor'],
    async () => (await import('../features/contest/contests-page.tsx')).ContestsPage,
  ),
  page('accounts', provider, async () => (await import('../features/account/accounts-page.tsx')).AccountsPage),
  page('account', 'all', async () => (await import('../features/own-access/own-access-page.tsx')).OwnAccessPage),
  page('people', ['operator', 'auditor'], async () => (await import('../features/person/people-page.tsx')).PeoplePage),
  page('inventory', ['operator'], async () => (await import('../features/inventory/inventory-page.tsx')).InventoryPage),
  page(
    'authority',
    ['operator', 'auditor'],
    async () => (await import('../features/authority/authority-page.tsx')).AuthorityPage,
  ),
  page(
    'operations',
    ['operator'],
    async () => (await import('../features/operations/operations-page.tsx')).OperationsPage,
  ),
  page('jobs', ['operator'], async () => (await import('../features/job/jobs-page.tsx')).JobsPage),
  page(
    'rule-changes',
    ['operator', 'auditor'],
    async () => (await import('../features/rules/rule-changes-page.tsx')).RuleChangesPage,
  ),
  page('audit', ['operator', 'auditor'], async () => (await import('../features/audit/audit-page.tsx')).AuditPage),
];

const loadThemed = () => import('./themed.tsx');
const loadSignedIn = () => import('./signed-in.tsx');
/** Ahead of need: what cannot be fetched now is fetched, or missed, when it is needed. */
const fetchFrame = () => void Promise.allSettled([loadThemed(), loadSignedIn()]);

export const routes: RouteObject[] = [
  {
    element: <RootFrame />,
    hydrateFallbackElement: <PageWaiting />,
    errorElement: <CrashPage />,
    children: [
      // Made of few and plain elements, so that it is there at once.
      {
        path: '/sign-in',
        ...part(async () => {
          const { SignInPage } = await import('../features/session/sign-in-page.tsx');
          return () => <SignInPage onTyping={fetchFrame} />;
        }),
      },
      {
        ...part(async () => {
          const { Themed, loadLocale } = await loadThemed();
          await loadLocale(rememberedLanguage());
          return Themed;
        }),
        children: [
          ...(['link', 'forgotten', 'ticket', 'oidc', 'oidc/customers'] as const).map((path) => ({
            path: `/${path}`,
            ...part(async () => {
              const { LinkPage, ForgottenPage, TicketPage, OidcPage } = await import(
                '../features/session/arrivals.tsx'
              );
              const pages = { link: LinkPage, forgotten: ForgottenPage, ticket: TicketPage };
              return path === 'oidc' || path === 'oidc/customers' ? OidcPage : pages[path];
            }),
          })),
          {
            // Open to everybody: who owns a blocked name has no account here yet.
            ...part(async () => (await import('./public-frame.tsx')).PublicFrame),
            children: [
              page('/host', 'all', async () => (await import('../features/host/host-page.tsx')).HostPage),
              page('/rules', 'all', async () => (await import('../features/rules/rules-page.tsx')).RulesPage),
              page('/terms', 'all', async () => (await import('../features/legal/legal-page.tsx')).TermsPage),
              page('/privacy', 'all', async () => (await import('../features/legal/legal-page.tsx')).PrivacyPage),
              page(
                '/api-docs',
                'all',
                async () => (await import('../features/api-docs/api-docs-page.tsx')).ApiDocsPage,
              ),
              page('/help', 'all', async () => (await import('../features/help/help-page.tsx')).HelpPage),
            ],
          },
          {
            path: '/',
            ...part(async () => (await loadSignedIn()).SignedIn),
            children: signedIn,
          },
          { path: '*', ...part(async () => (await import('./not-found-page.tsx')).NotFoundPage) },
        ],
      },
    ],
  },
];
