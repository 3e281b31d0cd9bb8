import {
  ApiOutlined,
  AuditOutlined,
  BarChartOutlined,
  BellOutlined,
  CloudServerOutlined,
  FileDoneOutlined,
  FileTextOutlined,
  FlagOutlined,
  HomeOutlined,
  KeyOutlined,
  NotificationOutlined,
  QuestionCircleOutlined,
  ReadOutlined,
  SafetyCertificateOutlined,
  SafetyOutlined,
  SendOutlined,
  TeamOutlined,
  UploadOutlined,
  UserOutlined,
  UserSwitchOutlined,
} from '@ant-design/icons';
import type { ReactNode } from 'react';
import type { Session } from '../api/shapes.ts';
import type { BothTexts } from '../language/words.ts';
import { appWords } from './words.ts';

interface NavItem {
  readonly to: string;
  readonly label: BothTexts;
  readonly icon: ReactNode;
  /** Shows how many filings wait there, or how many notices are unread. */
  readonly counted?: 'review' | 'notices';
}

export interface NavGroup {
  readonly title: BothTexts | null;
  readonly items: readonly NavItem[];
}

const overview: NavItem = { to: '/', label: appWords.nav.overview, icon: <HomeOutlined /> };
const resources: NavItem = { to: '/resources', label: appWords.nav.resources, icon: <CloudServerOutlined /> };
const codes: NavItem = { to: '/codes', label: appWords.nav.codes, icon: <KeyOutlined /> };
const filings: NavItem = { to: '/filings', label: appWords.nav.filings, icon: <FileTextOutlined /> };
const records: NavItem = { to: '/records', label: appWords.nav.records, icon: <SafetyCertificateOutlined /> };
const review: NavItem = {
  to: '/review',
  label: appWords.nav.review,
  icon: <FileDoneOutlined />,
  counted: 'review',
};
const contests: NavItem = { to: '/contests', label: appWords.nav.contests, icon: <FlagOutlined /> };
const accounts: NavItem = { to: '/accounts', label: appWords.nav.accounts, icon: <TeamOutlined /> };
const people: NavItem = { to: '/people', label: appWords.nav.people, icon: <UserSwitchOutlined /> };
const members: NavItem = { to: '/members', label: appWords.nav.members, icon: <TeamOutlined /> };
const inventory: NavItem = { to: '/inventory', label: appWords.nav.inventory, icon: <UploadOutlined /> };
const authority: NavItem = { to: '/authority', label: appWords.nav.authority, icon: <SendOutlined /> };
const operations: NavItem = { to: '/operations', label: appWords.nav.operations, icon: <HomeOutlined /> };
const jobs: NavItem = { to: '/jobs', label: appWords.nav.jobs, icon: <FileDoneOutlined /> };
const statistics: NavItem = { to: '/statistics', label: appWords.nav.statistics, icon: <BarChartOutlined /> };
const ruleChanges: NavItem = { to: '/rule-changes', label: appWords.nav.ruleChanges, icon: <ReadOutlined /> };
const notices: NavItem = { to: '/notices', label: appWords.nav.notices, icon: <BellOutlined />, counted: 'notices' };
const programs: NavGroup = {
  title: appWords.nav.groupPrograms,
  items: [
    { to: '/api-keys', label: appWords.nav.apiKeys, icon: <SafetyOutlined /> },
    { to: '/webhooks', label: appWords.nav.webhooks, icon: <NotificationOutlined /> },
    { to: '/api-docs', label: appWords.nav.apiDocs, icon: <ReadOutlined /> },
  ],
};
const audit: NavItem = { to: '/audit', label: appWords.nav.audit, icon: <AuditOutlined /> };

const ownAccess: NavItem = { to: '/account', label: appWords.nav.ownAccess, icon: <UserOutlined /> };
const own: NavGroup = { title: appWords.nav.groupOwn, items: [ownAccess] };

const outward: NavGroup = {
  title: appWords.nav.groupOther,
  items: [
    { to: '/host', label: appWords.nav.host, icon: <ApiOutlined /> },
    { to: '/rules', label: appWords.nav.rules, icon: <ReadOutlined /> },
    { to: '/help', label: appWords.nav.help, icon: <QuestionCircleOutlined /> },
  ],
};

/** What each role finds in its menu. */
export const navigation: Readonly<Record<Session['role'], readonly NavGroup[]>> = {
  customer: [
    {
      title: null,
      items: [
        overview,
        { ...resources, label: appWords.nav.myResources },
        codes,
        { ...filings, label: appWords.nav.myFilings },
        { ...contests, label: appWords.nav.myContests },
        records,
        notices,
      ],
    },
    { ...own, items: [members, ownAccess] },
    programs,
    outward,
  ],
  reviewer: [
    { title: null, items: [review, filings, records, statistics, notices] },
    { title: appWords.nav.groupProvider, items: [resources, codes, accounts] },
    own,
    outward,
  ],
  operator: [
    { title: appWords.nav.groupFiling, items: [filings, contests, records, codes, statistics] },
    {
      title: appWords.nav.groupProvider,
      items: [operations, accounts, people, resources, inventory, ruleChanges, authority, jobs, notices, audit],
    },
    programs,
    own,
    outward,
  ],
  auditor: [
    {
      title: null,
      items: [
        audit,
        filings,
        contests,
        records,
        codes,
        statistics,
        accounts,
        people,
        resources,
        ruleChanges,
        authority,
        notices,
      ],
    },
    programs,
    own,
    outward,
  ],
};
