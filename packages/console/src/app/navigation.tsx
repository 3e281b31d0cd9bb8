import {
  ApiOutlined,
  AuditOutlined,
  BellOutlined,
  CloudServerOutlined,
  FieldTimeOutlined,
  FileDoneOutlined,
  FileTextOutlined,
  HomeOutlined,
  KeyOutlined,
  NotificationOutlined,
  QuestionCircleOutlined,
  SafetyCertificateOutlined,
  SafetyOutlined,
  TeamOutlined,
  UploadOutlined,
} from '@ant-design/icons';
import type { ReactNode } from 'react';
import type { Session } from '../api/shapes.ts';
import type { Dictionary } from '../language/dictionary.ts';

interface NavItem {
  readonly to: string;
  readonly label: (t: Dictionary) => string;
  readonly icon: ReactNode;
  /** Shows how many filings wait there, or how many notices are unread. */
  readonly counted?: 'review' | 'notices';
}

export interface NavGroup {
  readonly title: ((t: Dictionary) => string) | null;
  readonly items: readonly NavItem[];
}

const overview: NavItem = { to: '/', label: (t) => t.nav.overview, icon: <HomeOutlined /> };
const resources: NavItem = { to: '/resources', label: (t) => t.nav.resources, icon: <CloudServerOutlined /> };
const codes: NavItem = { to: '/codes', label: (t) => t.nav.codes, icon: <KeyOutlined /> };
const filings: NavItem = { to: '/filings', label: (t) => t.nav.filings, icon: <FileTextOutlined /> };
const records: NavItem = { to: '/records', label: (t) => t.nav.records, icon: <SafetyCertificateOutlined /> };
const review: NavItem = {
  to: '/review',
  label: (t) => t.nav.review,
  icon: <FileDoneOutlined />,
  counted: 'review',
};
const accounts: NavItem = { to: '/accounts', label: (t) => t.nav.accounts, icon: <TeamOutlined /> };
const inventory: NavItem = { to: '/inventory', label: (t) => t.nav.inventory, icon: <UploadOutlined /> };
const jobs: NavItem = { to: '/jobs', label: (t) => t.nav.jobs, icon: <FieldTimeOutlined /> };
const notices: NavItem = { to: '/notices', label: (t) => t.nav.notices, icon: <BellOutlined />, counted: 'notices' };
const programs: NavGroup = {
  title: (t) => t.nav.groupPrograms,
  items: [
    { to: '/api-keys', label: (t) => t.nav.apiKeys, icon: <SafetyOutlined /> },
    { to: '/webhooks', label: (t) => t.nav.webhooks, icon: <NotificationOutlined /> },
  ],
};
const audit: NavItem = { to: '/audit', label: (t) => t.nav.audit, icon: <AuditOutlined /> };

const outward: NavGroup = {
  title: (t) => t.nav.groupOther,
  items: [
    { to: '/host', label: (t) => t.nav.host, icon: <ApiOutlined /> },
    { to: '/help', label: (t) => t.nav.help, icon: <QuestionCircleOutlined /> },
  ],
};

/** What each role finds in its menu. */
export const navigation: Readonly<Record<Session['role'], readonly NavGroup[]>> = {
  customer: [
    {
      title: null,
      items: [
        overview,
        { ...resources, label: (t) => t.nav.myResources },
        codes,
        { ...filings, label: (t) => t.nav.myFilings },
        records,
        notices,
      ],
    },
    programs,
    outward,
  ],
  reviewer: [
    { title: null, items: [review, filings, records] },
    { title: (t) => t.nav.groupProvider, items: [resources, codes, accounts] },
    outward,
  ],
  operator: [
    { title: (t) => t.nav.groupFiling, items: [filings, records, codes] },
    { title: (t) => t.nav.groupProvider, items: [accounts, resources, inventory, jobs, notices, audit] },
    programs,
    outward,
  ],
  auditor: [{ title: null, items: [audit, filings, records, codes, accounts, resources, notices] }, programs, outward],
};

/** The page a role starts on. */
export const startPage: Readonly<Record<Session['role'], string>> = {
  customer: '/',
  reviewer: '/review',
  operator: '/filings',
  auditor: '/audit',
};
