import type { EventsAbout } from '@openbeian/model/filing';
import type { NoticeRow } from '../../ports/index.ts';

type Detail = NoticeRow['detail'];
interface Text {
  readonly zh: string;
  readonly en: string;
}

/** The text of a notice about records. */
export const recordTexts: Readonly<Record<EventsAbout<'record'>, (detail: Detail) => Text>> = {
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
          zh: `双方均已确认，主体 ${subjectNumber} 的备案已迁移到对方账号，接入和网站不受影响。`,
          en: `Both sides confirmed: the records of ${subjectNumber} are in the other account now. Accesses and sites are not affected.`,
        }
      : {
          zh: `双方均已确认，主体 ${subjectNumber} 的备案已迁移到本账号，可在“备案记录”查看。`,
          en: `Both sides confirmed: the records of ${subjectNumber} are in this account now. See them under “Filing records”.`,
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
  CorrectionOverdue: (detail) => ({
    zh: `${detail.name}（${detail.serviceNumber}）的核查整改已于 ${detail.dueOn} 到期，尚未完成。请立即到“备案记录”提交整改；逾期的，备案可能被注销。`,
    en: `The corrections demanded of ${detail.name} (${detail.serviceNumber}) were due on ${detail.dueOn} and are not made. Submit them from “Filing records” now; a record that is not corrected may be cancelled.`,
  }),
  RecordCancelled: ({ scope, number, name, services }) =>
    scope === 'subject'
      ? {
          zh: `主体 ${number} 的备案已注销${services === '0' ? '' : `，其下 ${services} 项服务同时注销，域名不再放行`}。非您本人申请的，请联系我们。`,
          en: `The records of ${number} were cancelled${services === '0' ? '' : `, with ${services} ${services === '1' ? 'service' : 'services'}; their domains are no longer served`}. If you did not ask for that, contact us.`,
        }
      : {
          zh: `${name}（${number}）的备案已注销，域名不再放行。非您本人申请的，请联系我们。`,
          en: `The record of ${name} (${number}) was cancelled; the domain is no longer served. If you did not ask for that, contact us.`,
        },
  AccessEnded: ({ number, name, where }) =>
    where === 'elsewhere'
      ? {
          zh: `${name}（${number}）在其他接入商的接入已取消，在本平台的接入不受影响。`,
          en: `The access of ${name} (${number}) at another provider has ended. Its access here is not affected.`,
        }
      : {
          zh: `${name}（${number}）在本平台的接入已取消，域名不再放行，备案号仍有效。仍需使用的，请重新办理接入备案。`,
          en: `The access of ${name} (${number}) here has ended; the domain is no longer served, and its number stays valid. To use it here again, file its access.`,
        },
};

const demander = ({ demandedBy }: Detail): Text =>
  demandedBy === 'authority' ? { zh: '管局', en: 'The authority' } : { zh: '接入商', en: 'The provider' };

const dueOn = (detail: Detail): Text =>
  detail['dueOn'] === '' ? { zh: '', en: '' } : { zh: `，期限 ${detail['dueOn']}`, en: `, due on ${detail['dueOn']}` };
