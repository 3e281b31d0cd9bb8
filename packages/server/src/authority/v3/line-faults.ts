import { type MsgCode, msgCodeOf } from '@openbeian/model/authority-v3';
import { Fault } from '@openbeian/model/fault';
import type { AuthorityLoss, LineTrouble } from '../../ports/index.ts';

interface Text {
  readonly zh: string;
  readonly en: string;
}

/** Tried again later; nothing about the hand-over is wrong. */
export function unreachable(
  detail: Text,
  more: { readonly retryAfterSeconds?: number; readonly cause?: unknown } = {},
) {
  return new Fault('authority.unreachable', { detail, ...more });
}

/** What a line says of itself where it does not go on. */
export function waiting(trouble: LineTrouble, retryAfterSeconds: number, isStopped: boolean): Fault {
  const head: Text = isStopped
    ? {
        zh: '该省报送已停止，请运营人员处理后恢复',
        en: 'the line to this province is stopped until an operator resumes it',
      }
    : { zh: '管局暂不受理，稍后自动重试', en: 'the authority takes nothing for now; tried again by itself' };
  return unreachable(
    { zh: `${head.zh}：${trouble.zh}（${trouble.code}）`, en: `${head.en}: ${trouble.en} (${trouble.code})` },
    { retryAfterSeconds },
  );
}

/** Nothing of a province that there is no line to is sent. */
export const noLine = (provinceCode: string): AuthorityLoss => ({
  field: 'subject.region',
  kind: 'no_line',
  blocks: true,
  zh: `没有到该省（${provinceCode}）的报送线路，请在 authority.provinces 中配置后重试，或手工录入`,
  en: `there is no line to this province (${provinceCode}): name it in authority.provinces and retry, or enter it by hand`,
});

export const notSendable = (losses: readonly AuthorityLoss[]): Fault =>
  new Fault('authority.not_sendable', {
    places: losses.map(({ field, zh, en }) => ({ path: field, expected: en, expectedZh: zh })),
  });

export function troubleOf({ code, zh, en }: Pick<MsgCode, 'code' | 'zh' | 'en'>): LineTrouble {
  return { code: String(code), zh, en };
}

/** As `msgCodeOf`; the authority’s own words go to nobody, since they may quote what was sent. */
export const followOf = (answer: { readonly msg_code: number }) => msgCodeOf(answer.msg_code);
