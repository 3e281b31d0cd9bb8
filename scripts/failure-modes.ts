import { problemStatuses } from '../packages/contract/src/index.ts';
import { type FaultCode, faultCatalogue, faultCodes } from '../packages/model/src/fault/index.ts';

const retryTexts = {
  never: '不要原样重试 / the same again fails again',
  later: '稍后可原样重试 / try the same again later',
  after_reload: '刷新后重新判断 / read afresh and decide again',
} as const;

type Text = { readonly zh: string; readonly en: string };

/** Those of the installation: whoever runs it meets them, and can do something about them. */
const ofInstallation: ReadonlySet<string> = new Set([
  'audit',
  'clock',
  'config',
  'material.scan_unavailable',
  'material.store_unavailable',
  'secret',
  'store',
]);
const isOfInstallation = (code: FaultCode): boolean =>
  ofInstallation.has(code) || ofInstallation.has(code.split('.')[0] ?? '');

/** docs/failure-modes.md, from the closed fault catalogue; a test keeps the file current. */
export function failureModes(): string {
  return pageOf(
    { zh: '故障一览', en: 'Failure modes' },
    {
      zh: 'OpenBeian 对外的每一个错误都在这里，并说明该怎么办；数据库、密钥、配置等部署方面的见 [failure-modes-running.md](failure-modes-running.md)。',
      en: 'Every error that leaves OpenBeian is listed here, with what to do; those of the installation (database, keys, configuration) are in [failure-modes-running.md](failure-modes-running.md).',
    },
    faultCodes.filter((code) => !isOfInstallation(code)),
  );
}

/** docs/failure-modes-running.md. */
export function failureModesOfInstallation(): string {
  return pageOf(
    { zh: '部署方面的故障', en: 'Failure modes of an installation' },
    {
      zh: '数据库、密钥、配置、时钟、材料存储方面的错误；其余见 [failure-modes.md](failure-modes.md)。',
      en: 'Errors of database, keys, configuration, clock and stored materials; the others are in [failure-modes.md](failure-modes.md).',
    },
    faultCodes.filter(isOfInstallation),
  );
}

function pageOf(title: Text, lead: Text, codes: readonly FaultCode[]): string {
  const rows = codes.toSorted().flatMap((code) => {
    const { zh, en, internal, retry } = faultCatalogue[code];
    return [
      `## \`${code}\``,
      '',
      `- ${zh}<br>${en}<br>HTTP ${problemStatuses[code]} · ${retryTexts[retry]} · 内部含义 / behind it: ${internal}`,
      '',
    ];
  });
  return [
    `# ${title.zh} / ${title.en}`,
    '',
    `${lead.zh}由 \`npm run docs\` 从故障目录生成，请勿手改。`,
    '',
    `${lead.en} Generated from the fault catalogue by \`npm run docs\`; do not edit.`,
    '',
    ...rows,
  ].join('\n');
}
