import { type DeskEventType, filingStates } from '@openbeian/model/filing';
import { verificationReasons, verifiedRoles } from '@openbeian/model/verification';
import type { NoticeRow } from '../../ports/index.ts';

type Detail = NoticeRow['detail'];
interface Text {
  readonly zh: string;
  readonly en: string;
}

/** The text of a notice about records. */
export const recordTexts: Readonly<Record<DeskEventType, (detail: Detail) => Text>> = {
  MoveBegun: ({ subjectNumber, side, until }) =>
    side === 'from'
      ? {
          zh: `另一账号认领主体 ${subjectNumber} 的备案，请在 ${until} 前到“备案迁移”确认或拒绝；逾期未确认的，备案仍在本账号。`,
          en: `Another account claims the records of ${subjectNumber}. Confirm or refuse it under “Moves” before ${until}; otherwise they stay in this account.`,
        }
      : {
          zh: `另一账号要将主体 ${subjectNumber} 的备案迁移到本账号，请在 ${until} 前到“备案迁移”确认或拒绝。`,
          en: `Another account wants to move the records of ${subjectNumber} to this account. Confirm or refuse it under “Moves” before ${until}.`,
        },
  MoveConfirmed: ({ subjectNumber, side }) =>
    side === 'from'
      ? {
          zh: `对方已确认，主体 ${subjectNumber} 的备案已迁移到对方账号，接入和网站不受影响。`,
          en: `The other side confirmed: the records of ${subjectNumber} are in its account now. Accesses and sites are not affected.`,
        }
      : {
          zh: `对方已确认，主体 ${subjectNumber} 的备案已迁移到本账号，可在“备案记录”查看。`,
          en: `The other side confirmed: the records of ${subjectNumber} are in this account now. See them under “Filing records”.`,
        },
  MoveRefused: ({ subjectNumber }) => ({
    zh: `对方拒绝了主体 ${subjectNumber} 的备案迁移，备案没有变动。请与对方核实后重新发起。`,
    en: `The other side refused the move of the records of ${subjectNumber}; nothing changed. Clear it up with them, then begin again.`,
  }),
  MoveWithdrawn: ({ subjectNumber }) => ({
    zh: `对方撤回了主体 ${subjectNumber} 的备案迁移，无需处理。`,
    en: `The other side withdrew the move of the records of ${subjectNumber}; there is nothing to do.`,
  }),
  MoveLapsed: ({ subjectNumber, side }) => ({
    zh: `主体 ${subjectNumber} 的备案迁移在期限内没有确认，已失效，备案没有变动${side === 'from' ? '，仍在本账号' : ''}。仍需迁移的，请重新发起。`,
    en: `Nobody confirmed the move of the records of ${subjectNumber} in time. It has lapsed and nothing changed${side === 'from' ? ': they are still in this account' : ''}. If they are to be moved, begin again.`,
  }),
  CorrectionDemanded: (detail) => ({
    zh: `${demander(detail).zh}要求更正 ${detail.name}（${detail.serviceNumber}）的备案信息，共 ${detail.fields} 处${dueOn(detail).zh}。请到“备案记录”查看要求并整改。`,
    en: `${demander(detail).en} demands corrections of ${detail.name} (${detail.serviceNumber}): ${detail.fields}${dueOn(detail).en}. See what is demanded under “Filing records”, and correct it.`,
  }),
  CorrectionDueSoon: (detail) => ({
    zh: `${detail.name}（${detail.serviceNumber}）的核查整改应于 ${detail.dueOn} 前完成，尚未完成。请尽快到“备案记录”提交整改；逾期的，备案可能被注销。`,
    en: `The corrections demanded of ${detail.name} (${detail.serviceNumber}) are due on ${detail.dueOn} and not made yet. Submit them from “Filing records” soon; a record that is not corrected in time may be cancelled.`,
  }),
  CorrectionEnded: ({ name, serviceNumber, ending }) =>
    ending === 'record_ended'
      ? {
          zh: `${name}（${serviceNumber}）已注销或取消接入，其核查要求随之结束，无需整改。`,
          en: `${name} (${serviceNumber}) was cancelled or is no longer accessed here; the demand for corrections ended with it, and there is nothing to do.`,
        }
      : ending === 'corrected'
        ? {
            zh: `${name}（${serviceNumber}）的整改已经管局审核通过，核查要求已完成。`,
            en: `The corrections of ${name} (${serviceNumber}) were approved by the authority; the demand is met.`,
          }
        : {
            zh: `${name}（${serviceNumber}）的核查要求已撤销，无需整改；已提交的整改照常办理。`,
            en: `The demand for corrections of ${name} (${serviceNumber}) was withdrawn; nothing need be corrected. A correction that was submitted goes on.`,
          },
  FilingAsked: ({ name, due = '' }) => ({
    zh: `审核员请您补充或更正订单${named(name).zh}的部分内容，请在 ${minuteText(due)} 前改好并提交补充，逾期订单将被退回。`,
    en: `The reviewer asks you to complete or correct parts of the filing${named(name).en}. Send the answer by ${minuteText(due)} (Beijing time); otherwise the filing is returned.`,
  }),
  AskDueSoon: ({ name, due = '' }) => ({
    zh: `审核员对订单${named(name).zh}的补充要求尚未提交，请在 ${minuteText(due)} 前改好并提交补充，逾期订单将被退回。`,
    en: `What the reviewer asked of the filing${named(name).en} is still open. Send the answer by ${minuteText(due)} (Beijing time); otherwise the filing is returned.`,
  }),
  AskExpired: ({ name }) => ({
    zh: `订单${named(name).zh}未按时补充审核员要求的内容，已退回。请修改后重新提交。`,
    en: `What the reviewer asked of the filing${named(name).en} was not sent in time, and the filing was returned. Correct it and submit it again.`,
  }),
  FilingLapsed: ({ name, until = '' }) => ({
    zh: `订单${named(name).zh}超期未处理，已自动关闭，占用的云资源名额或授权码已释放。如仍需办理，可在 ${until} 前联系我们恢复，或重新发起。`,
    en: `The filing${named(name).en} was not acted on in time and is closed; what it held is free again. If you still need it, ask us to reopen it by ${until}, or start a new one.`,
  }),
  FilingDueSoon: ({ name, state, due }) => ({
    zh: `订单${named(name).zh}${stateText(state).zh}，请在 ${due} 前处理，逾期将自动关闭。`,
    en: `The filing${named(name).en} is waiting for you (${stateText(state).en}). Act on it by ${due}; after that it is closed.`,
  }),
  VerificationEnded: (detail) => verificationText(detail),
  VerificationDueSoon: ({ name, role, due = '' }) => ({
    zh: `订单${named(name).zh}的${textNamed(verifiedRoles, role).zh}的身份核验将于 ${minuteText(due)} 过期，请在此之前提交备案，过期须重新核验。`,
    en: `The verification of the ${lowerFirst(textNamed(verifiedRoles, role).en)} of the filing${named(name).en} is valid until ${minuteText(due)} (Beijing time). Submit the filing by then; otherwise the person is verified again.`,
  }),
  SmsDueSoon: ({ name, due = '' }) => ({
    zh: `订单${named(name).zh}的短信核验尚未完成，请在 ${minuteText(due)} 前由收到短信的每一位负责人核验，逾期订单将被退回。`,
    en: `The SMS verification of the filing${named(name).en} is not complete. Each person in charge who got the SMS confirms by ${minuteText(due)} (Beijing time); otherwise the filing is returned.`,
  }),
};

/** What no release knows is shown as it is. */
const textNamed = (table: Readonly<Record<string, Text>>, key = ''): Text =>
  Object.entries(table).find(([one]) => one === key)?.[1] ?? { zh: key, en: key };

const lowerFirst = (text: string): string => `${text.charAt(0).toLowerCase()}${text.slice(1)}`;

function verificationText(detail: Detail): Text {
  const role = textNamed(verifiedRoles, detail['role']);
  const who = { zh: role.zh, en: lowerFirst(role.en) };
  const why = textNamed(verificationReasons, detail['reason']);
  const { zh, en } = named(detail.name);
  return detail['outcome'] === 'passed'
    ? {
        zh: `订单${zh}的${who.zh}已通过身份核验，可以提交备案。请在核验有效期内提交。`,
        en: `The ${who.en} of the filing${en} is verified. Submit the filing while the verification is valid.`,
      }
    : {
        zh: `订单${zh}的${who.zh}身份核验未通过：${why.zh}。请到订单页重新核验，或改用核验单、现场核验。`,
        en: `The verification of the ${who.en} of the filing${en} failed: ${why.en}. Verify again on the filing’s page, or choose a verification sheet or an appointment.`,
      };
}

const named = (name = ''): Text => (name === '' ? { zh: '', en: '' } : { zh: ` ${name} `, en: ` ${name}` });

/** The state's name; what no release knows is shown as it is. */
const stateText = (state = ''): Text =>
  Object.entries(filingStates).find(([key]) => key === state)?.[1] ?? { zh: state, en: state };

const minuteText = (instant: string): string => {
  const local = new Date(Date.parse(instant) + shanghaiOffsetMs).toISOString();
  return `${local.slice(0, 10)} ${local.slice(11, 16)}`;
};
const shanghaiOffsetMs = 8 * 3_600_000;

const demander = ({ demandedBy }: Detail): Text =>
  demandedBy === 'authority' ? { zh: '管局', en: 'The authority' } : { zh: '接入商', en: 'The provider' };

const dueOn = (detail: Detail): Text =>
  detail['dueOn'] === '' ? { zh: '', en: '' } : { zh: `，期限 ${detail['dueOn']}`, en: `, due on ${detail['dueOn']}` };
