import { z } from 'zod';

/** Numbers as they are on record, written in one way; null: none, or not known. */
const number = z.string().min(1).nullable().default(null);

/** What is known of an organiser and a name before a filing of theirs is started. */
export const conflictFactsShape = z.strictObject({
  /** What the asker says its organiser's number is. */
  givenSubjectNumber: number,
  /** By the certificate. */
  subject: z
    .strictObject({
      /** In this provider's own records. */
      numberHere: number,
      /** At the authority. */
      numberThere: number,
      /** Services on record under it; null: nobody told. */
      services: z.int().min(0).nullable().default(null),
      /** Is it in another account of this provider? */
      inOtherAccount: z.boolean().default(false),
    })
    .prefault({}),
  /** Of the domain, or of the name of an app. */
  name: z
    .strictObject({
      subjectNumberHere: number,
      serviceNumberHere: number,
      subjectNumberThere: number,
      serviceNumberThere: number,
      inOtherAccount: z.boolean().default(false),
      /** Another account's filing of it is under way. */
      heldByOtherFiling: z.boolean().default(false),
    })
    .prefault({}),
  /** Has the account a filing open beside which the new one may not stand? */
  openInTheWay: z.boolean().default(false),
  /** Does the authority of the province let an organiser without services add one directly? */
  shellMayAdd: z.boolean().default(false),
});
export type ConflictFacts = z.output<typeof conflictFactsShape>;

export const conflictCodes = [
  'conflict.subject',
  'conflict.two_numbers',
  'conflict.name',
  'conflict.held_by_other_account',
  'conflict.name_under_way',
  'conflict.shell_subject',
  'conflict.filing_open',
] as const;
type ConflictCode = (typeof conflictCodes)[number];

interface Text {
  readonly zh: string;
  readonly en: string;
}

/** Something between records, certificate and name that does not fit together, with the way out. */
export interface Conflict {
  readonly code: ConflictCode;
  /** No filing is begun before it is solved. */
  readonly blocks: boolean;
  readonly message: Text;
  readonly remedy: Text;
  /** Label in docs/sources.md. */
  readonly source: string;
}

interface ConflictRow {
  readonly holds: (facts: ConflictFacts) => boolean;
  readonly blocks: (facts: ConflictFacts) => boolean;
  readonly message: Text;
  readonly remedy: (facts: ConflictFacts) => Text;
  readonly source: string;
}

const differ = (one: string | null, other: string | null): boolean => one !== null && other !== null && one !== other;
const ownNumberOf = ({ subject }: ConflictFacts) => subject.numberHere ?? subject.numberThere;
const ownerOfName = ({ name }: ConflictFacts) => name.subjectNumberHere ?? name.subjectNumberThere;
const isShell = ({ subject }: ConflictFacts): boolean =>
  (subject.numberHere !== null || subject.numberThere !== null) && subject.services === 0;

const rows: Readonly<Record<ConflictCode, ConflictRow>> = {
  'conflict.subject': {
    // A number is known, yet not under this certificate: on record is another one.
    holds: (facts) =>
      facts.givenSubjectNumber !== null &&
      (ownNumberOf(facts) === null || differ(facts.givenSubjectNumber, ownNumberOf(facts))),
    blocks: () => false,
    message: {
      zh: '主体冲突：填写的主体备案号不在此证件名下，备案时使用的可能是另一证件或号码。',
      en: 'Subject conflict: the organiser’s number is not on record under this certificate. It was probably filed with another certificate or number.',
    },
    remedy: () => ({
      zh: '请核对备案号；证件已换发的，先用原证件在现接入商办理变更备案，再办理其他备案。',
      en: 'Check the number. If the certificate was replaced, first change the filing at its present provider, with the former certificate; then file.',
    }),
    source: 'ALI19-REJECT',
  },
  'conflict.two_numbers': {
    holds: ({ subject, name }) =>
      differ(subject.numberHere, subject.numberThere) || differ(name.serviceNumberHere, name.serviceNumberThere),
    // Which number an organiser has is for the review to see; a name with two cannot be filed again.
    blocks: ({ name }) => differ(name.serviceNumberHere, name.serviceNumberThere),
    message: {
      zh: '同一主体或同一名称在本接入商与管局的记录中有两个不同的备案号。',
      en: 'Two numbers: the provider’s own records and the authority’s give one organiser, or one name, different numbers.',
    },
    remedy: () => ({
      zh: '请联系运营人员与管局核对：以管局的有效号码为准，注销多余的号码并更正本地记录后再办理。',
      en: 'Ask an operator to check with the authority. Its valid number counts: the other one is cancelled and the records here corrected first.',
    }),
    source: 'openbeian',
  },
  'conflict.name': {
    holds: (facts) => differ(ownerOfName(facts), ownNumberOf(facts)),
    blocks: () => true,
    message: {
      zh: '名称冲突：该域名或 APP 名称已备案在其他主体名下。',
      en: 'Name conflict: this domain or app is on record for another organiser.',
    },
    remedy: () => ({
      zh: '请原主办者注销该备案，或凭域名证书（APP 凭权属证明）向备案所在省的管局申请注销；公共查询不再显示后再办理。',
      en: 'Ask that organiser to cancel its record, or apply to the authority of its province with your domain certificate (for an app, proof that it is yours). Continue when the public query no longer shows it.',
    }),
    source: 'other-clouds-filing-kinds',
  },
  'conflict.held_by_other_account': {
    holds: ({ subject, name }) => subject.inOtherAccount || name.inOtherAccount,
    blocks: () => true,
    message: {
      zh: '该主体或名称的备案在本接入商的另一个账号下。',
      en: 'The organiser’s or the name’s record is in another account of this provider.',
    },
    remedy: (facts) =>
      differ(ownerOfName(facts), ownNumberOf(facts))
        ? {
            zh: '该备案属于其他主体：须先注销原备案；域名已归您所有的，请先完成域名所有权验证再联系运营人员。',
            en: 'It is another organiser’s record, which must be cancelled first. If the domain is yours now, prove that and ask an operator.',
          }
        : {
            zh: '请登录该账号办理，或将备案迁移到本账号：双方账号各自确认后生效，号码不变。',
            en: 'Sign in with that account, or move the record to this one: both accounts confirm, and the number stays.',
          },
    source: 'tencent-filing-kinds',
  },
  'conflict.name_under_way': {
    holds: ({ name }) => name.heldByOtherFiling,
    blocks: () => false,
    message: {
      zh: '另一个账号正在办理该名称的备案。',
      en: 'Another account’s filing of this name is under way.',
    },
    remedy: () => ({
      zh: '您是其合法所有者的，可以先填写订单并完成域名所有权验证，或提交申诉，由运营人员核实。',
      en: 'If the name is yours, begin the filing and prove the domain, or contest it; an operator then decides.',
    }),
    source: 'openbeian',
  },
  'conflict.shell_subject': {
    holds: isShell,
    blocks: (facts) => !facts.shellMayAdd,
    message: {
      zh: '空壳主体：主体有备案号，但名下没有任何服务。',
      en: 'Shell organiser: it has a number, and no service under it.',
    },
    remedy: ({ shellMayAdd }) =>
      shellMayAdd
        ? {
            zh: '所在省允许空壳主体直接新增服务，请按新增办理。',
            en: 'Its province lets such an organiser add a service directly: go on with that.',
          }
        : {
            zh: '所在省须先注销空壳主体（向管局提交书面申请，约 5 个工作日），再办理首次备案。',
            en: 'Its province asks that the shell be cancelled first, by a written application to the authority (about 5 working days); then make a first filing.',
          },
    source: 'HW-PROVINCES',
  },
  'conflict.filing_open': {
    holds: ({ openInTheWay }) => openInTheWay,
    blocks: () => true,
    message: {
      zh: '该域名或该主体已有进行中的备案订单，两个订单不能同时办理。',
      en: 'This domain or organiser has a filing in progress that a new one may not stand beside.',
    },
    remedy: () => ({
      zh: '请先完成该订单，或放弃后再发起。',
      en: 'Finish that filing, or discard it, then start this one.',
    }),
    source: 'openbeian',
  },
};

/** Everything that does not fit together, in the order in which to solve it. */
export function conflictsIn(facts: ConflictFacts): Conflict[] {
  return conflictCodes.flatMap((code) => {
    const { holds, blocks, message, remedy, source } = rows[code];
    return holds(facts) ? [{ code, blocks: blocks(facts), message, remedy: remedy(facts), source }] : [];
  });
}
