import { problemStatuses } from '../packages/contract/src/index.ts';
import { faultCatalogue, faultCodes } from '../packages/model/src/fault/index.ts';

const retryTexts = {
  never: '不要原样重试 / the same again fails again',
  later: '稍后可原样重试 / try the same again later',
  after_reload: '刷新后重新判断 / read afresh and decide again',
} as const;

/** docs/failure-modes.md, from the closed fault catalogue; a test keeps the file current. */
export function failureModes(): string {
  const rows = faultCodes.toSorted().flatMap((code) => {
    const { zh, en, internal, retry } = faultCatalogue[code];
    return [
      `## \`${code}\``,
      '',
      `- ${zh}<br>${en}<br>HTTP ${problemStatuses[code]} · ${retryTexts[retry]} · 内部含义 / behind it: ${internal}`,
      '',
    ];
  });
  return [
    '# 故障一览 / Failure modes',
    '',
    'OpenBeian 对外的每一个错误都在这里，并说明该怎么办。由 `npm run docs` 从故障目录生成，请勿手改。',
    '',
    'Every error that leaves OpenBeian is listed here, with what to do. Generated from the fault catalogue by `npm run docs`; do not edit.',
    '',
    ...rows,
  ].join('\n');
}
