import { type EventsAbout, filingStates } from '@openbeian/model/filing';
import { verificationReasons, verifiedRoles } from '@openbeian/model/verification';
import type { NoticeRow } from '../../ports/index.ts';

type Detail = NoticeRow['detail'];
interface Text {
  readonly zh: string;
  readonly en: string;
}

/** The text of a notice about a filing: what happened, and what to do by when. */
export const filingTexts: Readonly<Record<EventsAbout<'filing'>, (detail: Detail) => Text>> = {
  FilingSubmitted: ({ name, reviewed }) =>
    reviewed === 'no'
      ? {
          zh: `订单${named(name).zh}的注销申请已提交，等待提交管局，目前无需处理。`,
          en: `The cancellation${named(name).en} is submitted and will be passed to the authority. There is nothing to do now.`,
        }
      : {
          zh: `订单${named(name).zh}已提交初审，目前无需处理。审核员可能致电负责人核实，请保持电话畅通。`,
          en: `The filing${named(name).en} is submitted for review. There is nothing to do now; a reviewer may call the person in charge.`,
        },
  FilingWithdrawn: (detail) => ({
    zh: `订单${named(detail.name).zh}已撤回修改。请改好后${byDay(detail).zh}重新提交。`,
    en: `The filing${named(detail.name).en} was withdrawn to be edited. Edit it and submit it again${byDay(detail).en}.`,
  }),
  FilingAsked: ({ name, due = '', reasonsZh = '', reasonsEn = '' }) => ({
    zh: `审核员请您补充或更正订单${named(name).zh}的部分内容${reasonsZh === '' ? '' : `（${reasonsZh}）`}，请在 ${minuteText(due)} 前改好并提交补充，逾期订单将被退回。`,
    en: `The reviewer asks you to complete or correct parts of the filing${named(name).en}${reasonsEn === '' ? '' : ` (${reasonsEn})`}. Send the answer by ${minuteText(due)} (Beijing time); otherwise the filing is returned.`,
  }),
  AskDueSoon: ({ name, due = '' }) => ({
    zh: `审核员对订单${named(name).zh}的补充要求尚未提交，请在 ${minuteText(due)} 前改好并提交补充，逾期订单将被退回。`,
    en: `What the reviewer asked of the filing${named(name).en} is still open. Send the answer by ${minuteText(due)} (Beijing time); otherwise the filing is returned.`,
  }),
  AskExpired: ({ name }) => ({
    zh: `订单${named(name).zh}未按时补充审核员要求的内容，已退回。请修改后重新提交。`,
    en: `What the reviewer asked of the filing${named(name).en} was not sent in time, and the filing was returned. Correct it and submit it again.`,
  }),
  FilingAnswered: ({ name }) => ({
    zh: `订单${named(name).zh}的补充内容已提交，审核继续，目前无需处理。`,
    en: `The answer to the reviewer of the filing${named(name).en} is sent, and the review goes on. There is nothing to do now.`,
  }),
  FilingReturned: (detail) => ({
    zh: `订单${named(detail.name).zh}初审驳回，共 ${detail['count']} 处需修改：${detail['reasonsZh']}。请修改后${byDay(detail).zh}重新提交。`,
    en: `The reviewer returned the filing${named(detail.name).en}. To correct (${detail['count']}): ${detail['reasonsEn']}. Correct it and submit it again${byDay(detail).en}.`,
  }),
  FilingPassed: ({ name }) => ({
    zh: `订单${named(name).zh}初审通过，等待提交管局，目前无需处理。`,
    en: `The filing${named(name).en} passed the review and will be passed to the authority. There is nothing to do now.`,
  }),
  FilingHeld: (detail) => ({
    zh: `订单${named(detail.name).zh}提交管局前复核未通过：云资源或授权码不再符合条件，已退回。请到订单页查看原因，处理后${byDay(detail).zh}重新提交。`,
    en: `The filing${named(detail.name).en} came back before it went to the authority: its resource or code is no longer eligible. See the reasons on its page, fix them and submit again${byDay(detail).en}.`,
  }),
  FilingRecalled: (detail) => ({
    zh: `运营人员撤回了订单${named(detail.name).zh}，原因见订单页。请核对后${byDay(detail).zh}重新提交。`,
    en: `An operator recalled the filing${named(detail.name).en}; its page says why. Check it and submit it again${byDay(detail).en}.`,
  }),
  FilingSetAside: ({ name }) => ({
    zh: `其他账号的申诉已被采纳，订单${named(name).zh}退回，内容、授权码和名额均保留。`,
    en: `Another account’s contest was upheld: the filing${named(name).en} came back with its contents, code and quota.`,
  }),
  NameProofReplaced: ({ name }) => ({
    zh: `其他账号已验证域名${named(name).zh}的所有权，本订单的验证失效。域名属于您的，请到订单页重新验证。`,
    en: `Another account has proven that it owns the domain${named(name).en}, so the proof of your filing no longer counts. If the domain is yours, prove it again on the filing’s page.`,
  }),
  FilingForwarded: ({ name, state }) =>
    state === 'awaiting_sms'
      ? {
          zh: `订单${named(name).zh}已提交管局。管局发送核验短信后，请负责人在 24 小时内完成核验。`,
          en: `The filing${named(name).en} is with the authority. When the authority has sent its SMS, the person in charge confirms it within 24 hours.`,
        }
      : {
          zh: `订单${named(name).zh}已提交管局，等待审核，目前无需处理。`,
          en: `The filing${named(name).en} is with the authority, which reviews it. There is nothing to do now.`,
        },
  SmsRequested: ({ name, due = '', people, page = '' }) => ({
    zh: `管局已向订单${named(name).zh}的负责人发送核验短信，请${people === '2' ? '两位负责人都' : '负责人'}在 ${minuteText(due)} 前完成核验，逾期订单将被退回。${page === '' ? '' : `核验地址：${page}`}`,
    en: `The authority has sent its SMS for the filing${named(name).en}. ${people === '2' ? 'Both people in charge confirm' : 'The person in charge confirms'} it by ${minuteText(due)} (Beijing time); otherwise the filing is returned.${page === '' ? '' : ` Confirm at ${page}`}`,
  }),
  SmsDueSoon: ({ name, due = '' }) => ({
    zh: `订单${named(name).zh}的短信核验尚未完成，请在 ${minuteText(due)} 前由收到短信的每一位负责人核验，逾期订单将被退回。`,
    en: `The SMS verification of the filing${named(name).en} is not complete. Each person in charge who got the SMS confirms by ${minuteText(due)} (Beijing time); otherwise the filing is returned.`,
  }),
  SmsConfirmed: ({ name }) => ({
    zh: `订单${named(name).zh}短信核验完成，等待管局审核，目前无需处理。`,
    en: `The SMS of the filing${named(name).en} is confirmed, and the authority reviews it. There is nothing to do now.`,
  }),
  SmsFailed: (detail) => {
    const isTimedOut = detail['cause'] === 'timed_out';
    return {
      zh: `订单${named(detail.name).zh}${isTimedOut ? '未在期限内完成短信核验' : '的短信核验码多次输入错误'}，已退回。${isTimedOut ? '信息无需修改的可直接' : '请核对手机号码和证件号码后'}${byDay(detail).zh}重新提交。`,
      en: `The SMS of the filing${named(detail.name).en} was ${isTimedOut ? 'not confirmed in time' : 'entered wrongly too often'}, and the filing came back. ${isTimedOut ? 'If nothing needs changing, submit it again' : 'Check mobile and certificate number, and submit it again'}${byDay(detail).en}.`,
    };
  },
  FilingApproved: ({ name, serviceNumber, subjectNumber, opens }) => {
    const number = serviceNumber === '' ? subjectNumber : serviceNumber;
    return opens === 'yes'
      ? {
          zh: `订单${named(name).zh}已经管局审核通过，备案号：${number}。请在网站底部或 APP 内标明备案号，并在开通后 30 日内办理公安备案。`,
          en: `The authority approved the filing${named(name).en}. Number: ${number}. Show it on the site or in the app, and file with the public security bureau within 30 days after it opens.`,
        }
      : {
          // A filing about the organiser is named by its number.
          zh: `订单${named(name).zh}${name === number ? '' : `（${number}）`}已经管局审核通过，可在“备案记录”查看。`,
          en: `The authority approved the filing${named(name).en}${name === number ? '' : ` (${number})`}. See it under “Filing records”.`,
        };
  },
  FilingRejected: (detail) => ({
    zh: `管局驳回了订单${named(detail.name).zh}${detail['codes'] === '' ? '' : `（${detail['codes']}）`}，具体意见见订单页。请按意见修改后${byDay(detail).zh}重新提交。`,
    en: `The authority rejected the filing${named(detail.name).en}${detail['codes'] === '' ? '' : ` (${detail['codes']})`}; its page has what the authority says. Change that and submit it again${byDay(detail).en}.`,
  }),
  FilingDueSoon: ({ name, state, dueOn, due }) => ({
    zh: `订单${named(name).zh}${stateText(state).zh}，请在 ${dueOn ?? due} 前处理，逾期将自动关闭。`,
    en: `The filing${named(name).en} is waiting for you (${stateText(state).en}). Act on it by ${dueOn ?? due}; after that it is closed.`,
  }),
  FilingLapsed: ({ name, until = '', by }) =>
    by === 'operator'
      ? {
          zh: `运营人员关闭了订单${named(name).zh}，占用的云资源名额或授权码已释放。如仍需办理，可在 ${until} 前联系我们恢复，或重新发起。`,
          en: `An operator closed the filing${named(name).en}; what it held is free again. If you still need it, ask us to reopen it by ${until}, or start a new one.`,
        }
      : {
          zh: `订单${named(name).zh}超期未处理，已自动关闭，占用的云资源名额或授权码已释放。如仍需办理，可在 ${until} 前联系我们恢复，或重新发起。`,
          en: `The filing${named(name).en} was not acted on in time and is closed; what it held is free again. If you still need it, ask us to reopen it by ${until}, or start a new one.`,
        },
  FilingAbandoned: ({ name }) => ({
    zh: `订单${named(name).zh}已放弃，占用的云资源名额或授权码已释放。仍需办理的，请重新发起。`,
    en: `The filing${named(name).en} was discarded; what it held is free again. If it is still needed, start a new one.`,
  }),
  FilingVoided: ({ name }) => ({
    zh: `订单${named(name).zh}涉及的备案已注销或取消接入，本次申请无需办理，订单已关闭。`,
    en: `What the filing${named(name).en} was about is cancelled or no longer accessed here, so nothing is left to do, and it is closed.`,
  }),
  FilingReopened: (detail) => ({
    zh: `运营人员恢复了已关闭的订单${named(detail.name).zh}（${stateText(detail['state']).zh}）。请到订单页继续办理${detail['dueOn'] ? `，期限 ${detail['dueOn']}` : ''}。`,
    en: `An operator reopened the filing${named(detail.name).en} (${stateText(detail['state']).en}). Go on with it on its page${byDay(detail).en}.`,
  }),
  VerificationEnded: (detail) => verificationText(detail),
  VerificationDueSoon: ({ name, role, due = '' }) => ({
    zh: `订单${named(name).zh}的${roleText(role).zh}的身份核验将于 ${minuteText(due)} 过期，请在此之前提交备案，过期须重新核验。`,
    en: `The verification of the ${roleText(role).en} of the filing${named(name).en} is valid until ${minuteText(due)} (Beijing time). Submit the filing by then; otherwise the person is verified again.`,
  }),
  FilingOverdue: ({ name, state }) => ({
    zh: `订单${named(name).zh}（${stateText(state).zh}）已超过办理时限，请尽快处理。`,
    en: `The filing${named(name).en} (${stateText(state).en}) has waited longer than its limit. See to it soon.`,
  }),
};

/** What no release knows is shown as it is. */
const textNamed = (table: Readonly<Record<string, Text>>, key = ''): Text =>
  Object.entries(table).find(([one]) => one === key)?.[1] ?? { zh: key, en: key };

function roleText(role: string | undefined): Text {
  const { zh, en } = textNamed(verifiedRoles, role);
  return { zh, en: `${en.charAt(0).toLowerCase()}${en.slice(1)}` };
}

function verificationText(detail: Detail): Text {
  const who = roleText(detail['role']);
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

/** Until when its customer has time; nothing where nobody said. */
const byDay = ({ dueOn = '' }: Detail): Text =>
  dueOn === '' ? { zh: '', en: '' } : { zh: `于 ${dueOn} 前`, en: ` by ${dueOn}` };

/** The state's name; what no release knows is shown as it is. */
const stateText = (state = ''): Text => textNamed(filingStates, state);

const shanghaiOffsetMs = 8 * 3_600_000;
/** In Asia/Shanghai. */
function minuteText(instant: string): string {
  if (Number.isNaN(Date.parse(instant))) return instant;
  const local = new Date(Date.parse(instant) + shanghaiOffsetMs).toISOString();
  return `${local.slice(0, 10)} ${local.slice(11, 16)}`;
}
