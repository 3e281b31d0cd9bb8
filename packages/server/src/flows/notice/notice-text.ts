import type { DeskEventType } from '@openbeian/model/filing';
import type { NoticeRow } from '../../ports/index.ts';
import { filingTexts } from './filing-text.ts';
import { recordTexts } from './record-text.ts';

/** The text of a notice; never contains a code. */
export function noticeText({ type, resourceId, codes, stopsOn, daysLeft, detail }: Omit<NoticeRow, 'about'>) {
  const few = codes === 1 ? 'code' : 'codes';
  switch (type) {
    case 'CodeStopping':
      return {
        zh: `云资源 ${resourceId} 上的 ${codes} 个授权码将于 ${stopsOn} 起失效（距本通知发出还有 ${daysLeft} 天）；请在此之前续费该资源，或尽快使用授权码备案。`,
        en: `${codes} ${few} of resource ${resourceId} stop working on ${stopsOn}, ${daysLeft} ${daysLeft === 1 ? 'day' : 'days'} after this notice. Renew the resource before that day, or use the codes soon.`,
      };
    case 'CodeSuspended':
      return {
        zh: `云资源 ${resourceId} 不再符合备案条件，其 ${codes} 个授权码暂停使用；请在云资源页面查看原因和处理办法。`,
        en: `Resource ${resourceId} is no longer eligible, and its ${codes} ${few} cannot be used for now. See the resource’s page for the reasons and how to fix them.`,
      };
    case 'CodeRevived':
      return {
        zh: `云资源 ${resourceId} 重新符合条件，其 ${codes} 个授权码恢复可用。`,
        en: `Resource ${resourceId} is eligible again, and its ${codes} ${few} can be used again.`,
      };
    case 'WebhookPaused':
      return {
        zh: '一个 Webhook 地址因持续投递失败已暂停；请检查接收方并恢复该地址，未送达的事件将补发。',
        en: 'A webhook endpoint was paused because deliveries kept failing. Check the receiver, then resume the endpoint; pending events are sent then.',
      };
    case 'RevealQuotaSpent':
      return {
        zh: `${detail.person} 本班次查看个人信息已达上限（${detail.perShift} 次），后续查看已被拒绝；请在审计记录中核对查看理由。`,
        en: `${detail.person} has reached the quota of a shift for personal information (${detail.perShift} times); further views are refused. Check the reasons given, in the audit log.`,
      };
    case 'FilingContested':
      return contestedText(detail);
    case 'ContestDecided':
      return decidedText(detail);
    case 'SupportAccessBegun':
      return {
        zh: `服务商运营人员 ${detail.operator} 开始以客服访问方式查看您的账号（只读，最长 ${detail.minutes} 分钟）。原因：${detail.reason}。您可在“账号与安全”中查看全部访问记录或立即结束。`,
        en: `${detail.operator}, an operator of the provider, began support access to your account (read-only, ${detail.minutes} minutes at most). Reason: ${detail.reason}. See all accesses, or end this one, under “Account and security”.`,
      };
    default:
      return textOfRecord(type, detail);
  }
}

type Detail = NoticeRow['detail'];

/** A type that only a newer release knows has no text here, and the list leaves the notice out. */
function textOfRecord(type: DeskEventType, detail: Detail) {
  const isKnown = Object.hasOwn(deskTexts, type);
  // What has no text is no notice for whoever asks; the shape of the answer refuses it.
  return isKnown ? deskTexts[type](detail) : (undefined as never);
}
const deskTexts = { ...recordTexts, ...filingTexts };

function contestedText({ side, about, domainName }: Detail) {
  const [what, whatEn] = about === 'certificate' ? ['证件', 'certificate'] : ['域名', 'domain'];
  if (side === 'provider') {
    return {
      zh: `一个账号对 ${domainName} 的${what}归属提出申诉，请在“申诉”页核实并处理。`,
      en: `An account contests who the ${whatEn} of ${domainName} belongs to. Check it on the page “Contests” and decide.`,
    };
  }
  return {
    zh: `另一账号对您的备案订单 ${domainName} 所用的${what}提出申诉，运营人员将核实；您可以先验证域名所有权。`,
    en: `Another account contests the ${whatEn} of your filing ${domainName}. An operator will check it; proving the domain helps you.`,
  };
}

function decidedText(detail: Detail) {
  const { side, decision, reasons, domainName } = detail;
  if (decision === 'closed') return closedText(detail);
  const isForReader = (decision === 'upheld') === (side === 'contestant');
  if (side === 'contestant') {
    return isForReader
      ? {
          zh: `您对 ${domainName} 的申诉已被采纳，现在可以提交订单。处理说明：${reasons}`,
          en: `Your contest of ${domainName} was upheld; you can submit the filing now. Reasons: ${reasons}`,
        }
      : {
          zh: `您对 ${domainName} 的申诉未被采纳。处理说明：${reasons}`,
          en: `Your contest of ${domainName} was dismissed. Reasons: ${reasons}`,
        };
  }
  return isForReader
    ? {
        zh: `另一账号对您的备案订单 ${domainName} 的申诉未被采纳，订单不受影响。处理说明：${reasons}`,
        en: `Another account’s contest of your filing ${domainName} was dismissed; nothing changes. Reasons: ${reasons}`,
      }
    : {
        zh: `另一账号对您的备案订单 ${domainName} 的申诉已被采纳，订单已退回，内容、授权码和名额均保留。处理说明：${reasons}`,
        en: `Another account’s contest of your filing ${domainName} was upheld. The filing came back to you with its contents, code and quota. Reasons: ${reasons}`,
      };
}

/** The other side's filing ended before the contest was decided. */
function closedText({ side, state, about, domainName }: Detail) {
  const [what, whatEn] = about === 'certificate' ? ['证件', 'certificate'] : ['域名', 'domain'];
  if (side === 'holder') {
    return {
      zh: `另一账号对您的备案订单所用${what}（${domainName}）的申诉已结束，订单不受影响。`,
      en: `Another account’s contest of the ${whatEn} of your filing (${domainName}) has ended; nothing changes.`,
    };
  }
  return state === 'filed'
    ? {
        zh: `您对 ${domainName} 的申诉已结束：占用该${what}的订单已完成备案。如备案不属实，请联系运营人员。`,
        en: `Your contest of ${domainName} has ended: the filing that held the ${whatEn} is on record now. Contact an operator if that is wrong.`,
      }
    : {
        zh: `您对 ${domainName} 的申诉已结束：占用该${what}的订单已关闭，现在可以提交订单。`,
        en: `Your contest of ${domainName} has ended: the filing that held the ${whatEn} is closed, and you can submit yours now.`,
      };
}
