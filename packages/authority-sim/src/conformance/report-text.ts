import type { Report } from './judge.ts';

const outcomes = {
  passed: ['通过', 'passed'],
  failed: ['不通过', 'failed'],
  not_seen: ['未测到', 'not seen'],
} as const;
const verdicts = {
  passed: ['全部通过', 'passed'],
  failed: ['有不符合之处', 'failed'],
  incomplete: ['尚未全部测到', 'incomplete'],
} as const;

/** The report for people: what failed first, with the calls that show it. */
export function reportText({ at, calls, uploads, verdict, findings }: Report): string {
  const order = ['failed', 'not_seen', 'passed'] as const;
  const lines = order.flatMap((outcome) =>
    findings
      .filter((finding) => finding.outcome === outcome)
      .flatMap(({ check, zh, en, seen }) => [
        `[${outcomes[outcome][0]} / ${outcomes[outcome][1]}] ${check}  ${zh} / ${en}`,
        ...seen.map(({ call, detail }) => `    ${call === null ? '' : `#${call} `}${detail}`),
      ]),
  );
  return [
    `接口 V3.0 一致性报告 / Conformance with interface V3.0, ${at}`,
    `结论 / verdict: ${verdicts[verdict][0]} / ${verdicts[verdict][1]}；调用 / calls ${calls}，上报 / uploads ${uploads}`,
    '',
    ...lines,
    '',
  ].join('\n');
}
