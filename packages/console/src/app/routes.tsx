import { Navigate, Outlet, type RouteObject, ScrollRestoration } from 'react-router';
import type { Session } from '../api/shapes.ts';
import { HelpProvider } from '../features/help/help-provider.tsx';
import { ForRoles, RequireSession, useSession } from '../features/session/session-context.tsx';
import { CrashPage } from './crash-page.tsx';
import { startPage } from './navigation.tsx';
import { NotFoundPage } from './not-found-page.tsx';
import { PageWaiting } from './page-waiting.tsx';
import { PublicFrame } from './public-frame.tsx';
import { Shell } from './shell.tsx';

type Role = Session['role'];
const provider: readonly Role[] = ['reviewer', 'operator', 'auditor'];
const owners: readonly Role[] = ['customer', 'operator', 'auditor'];

/** A page for some roles, fetched when it is first opened. */
function page(path: string, roles: readonly Role[] | 'all', load: () => Promise<React.ComponentType>): RouteObject {
  return {
    path,
    lazy: async () => {
      const Shown = await load();
      return {
        element:
          roles === 'all' ? (
            <Shown />
          ) : (
            <ForRoles roles={roles}>
              <Shown />
            </ForRoles>
          ),
      };
    },
  };
}

function Start() {
  const { role } = useSession();
  return role === 'customer' ? <Outlet /> : <Navigate replace to={startPage[role]} />;
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
  page('notices', owners, async () => (await import('../features/notice/notices-page.tsx')).NoticesPage),
  page('api-keys', owners, async () => (await import('../features/api-key/api-keys-page.tsx')).ApiKeysPage),
  page('webhooks', owners, async () => (await import('../features/webhook/webhooks-page.tsx')).WebhooksPage),
  page('webhooks/:webhookId', owners, async () => (await import('../features/webhook/webhook-page.tsx')).WebhookPage),
  page('records', 'all', async () => (await import('../features/record/records-page.tsx')).RecordsPage),
  page(
    'moves',
    ['customer', 'operator', 'auditor'],
    async () => (await import('../features/record/moves-page.tsx')).MovesPage,
  ),
  page('review', ['reviewer'], async () => (await import('../features/review/queue-page.tsx')).QueuePage),
  page(
    'review/statistics',
    provider,
    async () => (await import('../features/review/statistics-page.tsx')).StatisticsPage,
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
  page('jobs', ['operator'], async () => (await import('../features/job/jobs-page.tsx')).JobsPage),
  page('audit', ['operator', 'auditor'], async () => (await import('../features/audit/audit-page.tsx')).AuditPage),
];

export const routes: RouteObject[] = [
  {
    element: (
      <HelpProvider>
        <Outlet />
        {/* Back leads to the row that one came from. */}
        <ScrollRestoration />
      </HelpProvider>
    ),
    hydrateFallbackElement: <PageWaiting />,
    errorElement: <CrashPage />,
    children: [
      {
        path: '/sign-in',
        lazy: async () => ({ Component: (await import('../features/session/sign-in-page.tsx')).SignInPage }),
      },
      ...(['link', 'forgotten', 'ticket', 'oidc', 'oidc/customers'] as const).map((path) => ({
        path: `/${path}`,
        lazy: async () => {
          const { LinkPage, ForgottenPage, TicketPage, OidcPage } = await import('../features/session/arrivals.tsx');
          const pages = { link: LinkPage, forgotten: ForgottenPage, ticket: TicketPage };
          return { Component: path === 'oidc' || path === 'oidc/customers' ? OidcPage : pages[path] };
        },
      })),
      {
        // Open to everybody: who owns a blocked name has no account here yet.
        element: <PublicFrame />,
        children: [
          page('/host', 'all', async () => (await import('../features/host/host-page.tsx')).HostPage),
          page('/rules', 'all', async () => (await import('../features/rules/rules-page.tsx')).RulesPage),
          page('/help', 'all', async () => (await import('../features/help/help-page.tsx')).HelpPage),
        ],
      },
      {
        path: '/',
        element: (
          <RequireSession>
            <Shell />
          </RequireSession>
        ),
        children: signedIn.map((route) => ({ ...route, errorElement: <CrashPage /> })),
      },
      { path: '*', element: <NotFoundPage /> },
    ],
  },
];
