import {
  findProvince,
  type ProvinceFile,
  type ProvinceRule,
  peopleOf,
  provinceFactsOf,
} from '@openbeian/model/province';
import { loadCollectedRows } from './collected-rows.ts';
import { isSupersededForAll } from './lint-province-rules.ts';
import { policyFilesOf } from './load.ts';
import { runProvinceCases } from './province-cases.ts';
import { provincesDirectory, readProvinceFile } from './provinces.ts';

/** Of a province: how many rules of which kind there are, and how many of them cases hold. */
interface Figures {
  readonly name: string;
  readonly rules: number;
  readonly superseded: number;
  readonly human: number;
  /** Executable by facts that today's form gives. */
  readonly decided: number;
  readonly tested: number;
  readonly cases: number;
}

/** The figures of the bundled rules as a page, generated; and what became of every collected row. */
export function provinceFigures(): string {
  const read = policyFilesOf(provincesDirectory).map(readProvinceFile);
  const files = read.map(({ table }) => table);
  const provinces = read.map((one): Figures => {
    const { province, rules } = one.table;
    const runs = runProvinceCases(one, files);
    const held = new Set(runs.flatMap(({ applied, notApplied }) => [...applied.map(({ id }) => id), ...notApplied]));
    const found = province === null ? null : findProvince(province);
    return {
      name: found === null ? '各省通用 / all' : `${found.zh} / ${found.en}`,
      rules: rules.length,
      superseded: rules.filter((rule) => isSupersededForAll(rule, files, province)).length,
      human: rules.filter(isHuman).length,
      decided: rules.filter((rule) => !isHuman(rule) && rule.if.every(({ fact }) => given.has(fact))).length,
      tested: rules.filter((rule) => !isHuman(rule) && held.has(rule.id)).length,
      cases: runs.length,
    };
  });
  const rows = [...provinces, sumOf(provinces)].map(
    ({ name, rules, superseded, human, decided, tested, cases }) =>
      `| ${name} | ${rules} | ${rules - human} | ${decided} | ${human} | ${tested} | ${superseded} | ${cases} |`,
  );
  return [
    '# Rules of provinces in figures / 各省规则统计',
    '',
    'Generated from `policies/provinces` by `npm run docs`. Executable: everything but what reviewers look at. Decided now: by facts',
    'that the form gives; the others wait for the form, and are on the check list until then. Tested: held by a case. Superseded:',
    'contradicted by a later source, kept and not applied. [ADR 26](adr/0026-rules-of-provinces.md).',
    '',
    '| 省 / Province | 规则 / Rules | 可执行 / executable | 表单已可判断 / decided now | 人工核对 / for people | 有用例 / tested | 被代替 / superseded | 用例 / cases |',
    '|---|---|---|---|---|---|---|---|',
    ...rows,
    '',
    `By effect: ${effectsOf(files)}.`,
    '',
    '| Collected / 收集自 | Rows / 条 | Statements / 项 |',
    '|---|---|---|',
    ...loadCollectedRows().sets.map(
      ({ name, rows: count, statements }) => `| ${name} | ${count} | ${statements.length} |`,
    ),
    '',
    'Not carried by a rule / 没有对应规则：',
    '',
    ...loadCollectedRows().notCarried.map(({ rows: ids, why }) => `- ${ids.join(', ')}: ${why.en} / ${why.zh}`),
    '',
  ].join('\n');
}

/** The facts that a form can give. */
const given = new Set(
  peopleOf(false).flatMap((person) =>
    Object.keys(provinceFactsOf({}, person, { at: '2026-01-01', provinceCode: '440000' })),
  ),
);

const isHuman = ({ effect }: ProvinceRule): boolean => effect === 'human';

function sumOf(provinces: readonly Figures[]): Figures {
  const sum = (key: Exclude<keyof Figures, 'name'>) => provinces.reduce((total, figures) => total + figures[key], 0);
  return {
    name: '合计 / Total',
    rules: sum('rules'),
    superseded: sum('superseded'),
    human: sum('human'),
    decided: sum('decided'),
    tested: sum('tested'),
    cases: sum('cases'),
  };
}

function effectsOf(files: readonly ProvinceFile[]): string {
  const counts = new Map<string, number>();
  for (const { effect } of files.flatMap(({ rules }) => rules)) counts.set(effect, (counts.get(effect) ?? 0) + 1);
  return [...counts]
    .toSorted(([, one], [, other]) => other - one)
    .map(([effect, count]) => `${effect} ${count}`)
    .join(', ');
}
