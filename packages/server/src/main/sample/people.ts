import {
  type FictionalCompany,
  type FictionalPerson,
  fictionalCompany,
  fictionalPerson,
} from '@openbeian/model/fictional';
import type { NewUser } from '../../auth/users.ts';
import { pastCompany, pastIndividual, waitingCompany } from './past-forms.ts';

/** Has filed nothing yet: the walk of the README files as this person. */
const newcomer = fictionalPerson(1);

/**
 * Accounts and people of the sample deployment. All are fictional, and the passwords are known to everybody: a sample
 * deployment listens on this machine alone.
 */
export const sampleAccounts = [
  { id: 'acct-xinghe', realName: 'enterprise', displayName: pastCompany.name },
  { id: 'acct-individual', realName: 'individual', displayName: `${newcomer.name}（个人）` },
  { id: 'acct-ruoxi', realName: 'individual', displayName: `${pastIndividual.name}（个人）` },
  { id: 'acct-yunfan', realName: 'enterprise', displayName: waitingCompany.name },
  { id: 'acct-school', realName: 'institution', displayName: '示例市星河中学' },
  { id: 'acct-new', realName: 'none', displayName: '新注册账号（未实名）' },
] as const;

/** They file for their own customers, too; the sandbox key is of the last. */
export const sampleAgencies = ['acct-xinghe', 'acct-individual', 'acct-yunfan'] as const;

export const sampleUsers: readonly NewUser[] = [
  customer('xinghe', '星河科技 · 备案专员', 'acct-xinghe'),
  customer('individual', newcomer.name, 'acct-individual'),
  customer('ruoxi', pastIndividual.name, 'acct-ruoxi'),
  customer('yunfan', '云帆科技 · 备案专员', 'acct-yunfan'),
  customer('school', '星河中学 · 信息中心', 'acct-school'),
  customer('newcomer', '新注册客户', 'acct-new'),
  { login: 'reviewer', displayName: '初审员 甲', role: 'reviewer', accountId: null, password: passwordOf('reviewer') },
  {
    login: 'reviewer2',
    displayName: '初审员 乙',
    role: 'reviewer',
    accountId: null,
    password: passwordOf('reviewer2'),
  },
  { login: 'operator', displayName: '运营人员', role: 'operator', accountId: null, password: passwordOf('operator') },
  { login: 'auditor', displayName: '审计员', role: 'auditor', accountId: null, password: passwordOf('auditor') },
];

/** What the sign-in page and `openbeian start` show. */
export const sampleLogins = sampleUsers.map(({ login, password, role, displayName }) => ({
  login,
  password,
  role,
  displayName,
}));

function customer(login: string, displayName: string, accountId: string): NewUser {
  return { login, displayName, role: 'customer', accountId, password: passwordOf(login) };
}

function passwordOf(login: string): string {
  return `${login}-sample`.padEnd(12, '1');
}

interface SampleFiling {
  readonly login: string;
  /** Meanwhile another one of theirs may be refused. */
  readonly isOpen: boolean;
}

/** People and companies that anybody may file as here: all fictional, with numbers whose check characters are right. */
export const samplePeople: readonly {
  readonly name: string;
  readonly type: string;
  readonly number: string;
  readonly mobile: string | null;
  /** Their filing in the sample, by who signs in for them; null: none yet. */
  readonly filing: SampleFiling | null;
}[] = [
  person(newcomer, null),
  person(pastIndividual, { login: 'ruoxi', isOpen: true }),
  ...[2, 3].map((seed) => person(fictionalPerson(seed), null)),
  company(pastCompany, { login: 'xinghe', isOpen: false }),
  company(waitingCompany, { login: 'yunfan', isOpen: true }),
  company(fictionalCompany(2), null),
];

function person({ name, residentId, mobile }: FictionalPerson, filing: SampleFiling | null) {
  return { name, type: '居民身份证 / resident identity card', number: residentId, mobile, filing };
}

function company({ name, creditCode }: FictionalCompany, filing: SampleFiling | null) {
  return { name, type: '营业执照 / business licence', number: creditCode, mobile: null, filing };
}
