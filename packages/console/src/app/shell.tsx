import { BellOutlined, LogoutOutlined, MenuOutlined, UserOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { Suspense, useEffect, useId, useRef, useState } from 'react';
import { Link, NavigationType, NavLink, Outlet, useLocation, useNavigationType } from 'react-router';
import { useAnswer } from '../api/use-answer.ts';
import { useQuestion } from '../api/use-question.ts';
import { useSession } from '../features/session/session-context.tsx';
import { rememberSession } from '../features/session/session-query.ts';
import { supportWords } from '../features/support/words.ts';
import { useText } from '../language/language.tsx';
import { forgetAllKept } from '../parts/kept-answers.ts';
import { LanguageSwitch } from '../parts/language-switch.tsx';
import { later } from '../parts/later.tsx';
import { ListOwner } from '../parts/list-settings.ts';
import { LaterFoot, Logo, useProductName } from '../parts/product.tsx';
import { ThemeSwitch } from '../parts/theme-switch.tsx';
import { ReadOnlyReason } from '../parts/write-button.tsx';
import { navigation } from './navigation.tsx';
import { PageWaiting } from './page-waiting.tsx';
import { appWords } from './words.ts';
import './bell.css';

/** Of a session in which somebody looks as a customer, which few ever have. */
const SupportBanner = later(async () => (await import('../features/support/support-banner.tsx')).SupportBanner);
const SearchEntry = later(async () => (await import('../features/search/search-entry.tsx')).SearchEntry);
const TourEntry = later(async () => (await import('../features/tour/tour-entry.tsx')).TourEntry);
const MenuDrawer = later(async () => (await import('./menu-drawer.tsx')).MenuDrawer);

/** The frame around every page of a signed-in person: menu, language, who is signed in. */
export function Shell() {
  const { t } = useText();
  // The menu closes by itself when another page is opened.
  const [menuAt, setMenuAt] = useState<string | null>(null);
  const { pathname } = useLocation();
  const isReturn = useNavigationType() === NavigationType.Pop;
  const main = useRef<HTMLElement>(null);
  const { support } = useSession();
  const deployment = useAnswer('getDeployment', {});
  const shown = useRef(pathname);
  useEffect(() => {
    // The first page is where the browser put us; a later one is announced and reached by keyboard as a new page.
    if (shown.current === pathname) return;
    shown.current = pathname;
    // A page that leads to a place of its own (a finding's field) has done so by now.
    if (main.current?.contains(document.activeElement)) return;
    if (!isReturn) window.scrollTo(0, 0);
    main.current?.focus({ preventScroll: true });
  }, [pathname, isReturn]);
  return (
    <div className="frame">
      <a className="skip" href="#main">
        {t.app.skip}
      </a>
      <aside className="frame-side">
        <SideMenu />
      </aside>
      {menuAt === pathname && (
        <MenuDrawer onClose={() => setMenuAt(null)}>
          <SideMenu />
        </MenuDrawer>
      )}
      <div className="frame-body">
        <header className="frame-top">
          <Button
            className="menu-button"
            type="text"
            icon={<MenuOutlined />}
            aria-label={t.app.menu}
            onClick={() => setMenuAt(pathname)}
          />
          {deployment.data?.sample && (
            <span className="sample-note" title={t.app.sample}>
              {t.app.sample}
            </span>
          )}
          <span className="push" />
          <HeaderTools />
        </header>
        {support !== null && <SupportBanner />}
        <main className="frame-main" id="main" ref={main} tabIndex={-1}>
          <TourEntry />
          <OpenPage />
        </main>
        <LaterFoot look={deployment.data?.look} />
      </div>
    </div>
  );
}

function HeaderTools() {
  const { role } = useSession();
  return (
    <>
      <SearchEntry groups={navigation[role]} />
      <NoticeBell />
      <LanguageSwitch />
      <AccountMenu />
    </>
  );
}

/** The page of the address; for an operator who looks as a customer, and for a viewer, nothing on it changes anything. */
function OpenPage() {
  const { t } = useText(supportWords, appWords);
  const { support, userId, right } = useSession();
  const ofViewer = right === 'viewer' ? t.viewing : null;
  return (
    <ReadOnlyReason value={support === null ? ofViewer : t.support.readOnly}>
      <ListOwner value={userId}>
        <Suspense fallback={<PageWaiting />}>
          <Outlet />
        </Suspense>
      </ListOwner>
    </ReadOnlyReason>
  );
}

/** How many notices are unread, and the way to them; asked by the menu. */
const useUnread = (): number => {
  const { role } = useSession();
  const notices = useAnswer(
    'listNotices',
    { query: { unread: 'true', limit: 1 } },
    { enabled: role !== 'auditor', refreshMs: 60_000 },
  );
  return notices.data?.unread ?? 0;
};

function NoticeBell() {
  const { t } = useText();
  const unread = useUnread();
  return (
    <Link className="bell" to="/notices" aria-label={t.app.bell(unread)}>
      <BellOutlined />
      {unread > 0 && <span className="count">{unread > 99 ? '99+' : unread}</span>}
    </Link>
  );
}

function SideMenu() {
  const { t, pick } = useText();
  const name = useProductName();
  const { role } = useSession();
  // Moves are a page below the records.
  const isMoves = useLocation().pathname === '/moves';
  const deployment = useAnswer('getDeployment', {});
  const waiting = useAnswer(
    'countFilings',
    { query: { state: 'awaiting_review' } },
    { enabled: role === 'reviewer', refreshMs: 30_000 },
  );
  const counts = { review: waiting.data?.total ?? 0, notices: useUnread() };
  return (
    <>
      <Link className="mark" to="/">
        <Logo size={30} />
        <span>
          <strong>{name}</strong>
          <small>{pick(deployment.data?.name)}</small>
        </span>
      </Link>
      <nav className="nav" aria-label={t.app.menu}>
        {navigation[role].map((group) => (
          <div key={group.items[0]?.to}>
            {group.title && <h2>{pick(group.title)}</h2>}
            {group.items.map((item) => (
              <NavLink
                key={item.to}
                to={item.to}
                end={item.to === '/'}
                className={isMoves && item.to === '/records' ? 'active' : ''}
              >
                {item.icon}
                {pick(item.label)}
                {item.counted && counts[item.counted] > 0 && <span className="count">{counts[item.counted]}</span>}
              </NavLink>
            ))}
          </div>
        ))}
      </nav>
    </>
  );
}

function AccountMenu() {
  const { t } = useText();
  const session = useSession();
  const signOut = useQuestion('signOut');
  const leave = () =>
    signOut.mutate(
      {},
      {
        onSettled: () => {
          forgetAllKept();
          rememberSession(false);
          // Loaded afresh: nothing of this person stays in memory.
          window.location.replace('/sign-in');
        },
      },
    );
  const menu = useId();
  return (
    <>
      <Button
        type="text"
        icon={<UserOutlined />}
        aria-label={`${t.app.account}: ${session.displayName}`}
        popoverTarget={menu}
      >
        <span className="account-name">{session.displayName}</span>
      </Button>
      <div id={menu} popover="auto" className="account-menu">
        <p>
          {t.role[session.role]}
          {session.right && ` · ${t.right[session.right]}`} · <span className="mono">{session.login}</span>
          {session.accountId && (
            <>
              <br />
              {t.app.account} <span className="mono">{session.accountId}</span>
            </>
          )}
        </p>
        <div className="account-theme">
          <span aria-hidden="true">{t.app.theme}</span>
          <ThemeSwitch />
        </div>
        <button type="button" onClick={leave}>
          <LogoutOutlined aria-hidden="true" /> {t.app.signOut}
        </button>
      </div>
    </>
  );
}
