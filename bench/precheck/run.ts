import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rowsOn } from '@openbeian/model/code-tables';
import { fictionalFiling } from '@openbeian/model/fictional';
import { type PreCheck, type PreCheckRules, preCheck } from '@openbeian/model/forms';
import { provinces } from '@openbeian/model/province';
import { loadCodeTables } from '@openbeian/policies/code-tables';
import { loadDivisions } from '@openbeian/policies/divisions';
import { loadFormLimits } from '@openbeian/policies/form-limits';
import { openProvinceRules } from '@openbeian/policies/provinces';
import { median } from '../shared/figures.ts';

/*
 * npm run bench:precheck [-- N]. One run, one thread: N generated filings of every nature and province, websites and apps, each
 * fourth with mistakes. First the check alone, from parsed JSON to findings and check list, then the command over the same filings
 * as NDJSON, whose answers must be the same. Rates are by the processor's time, which other programs disturb less.
 */
const count = Number(process.argv[2] ?? 10_000);
const at = '2026-11-21';
const rules: PreCheckRules = {
  tables: loadCodeTables(),
  divisions: loadDivisions(),
  limits: loadFormLimits(),
  provinceRules: openProvinceRules(),
};
const natures = rowsOn(rules.tables.natures, at).map(({ key }) => key);

const lines = Array.from({ length: count }, (_, seed) => JSON.stringify(filingOf(seed)));

function filingOf(seed: number) {
  const nature = natures[seed % natures.length] ?? '';
  const provinceCode = provinces[seed % provinces.length]?.code ?? '';
  const serviceKind = seed % 3 === 0 ? 'app' : 'website';
  const { tables, divisions } = rules;
  const { context, values } = fictionalFiling(seed, { tables, divisions, at, provinceCode, nature, serviceKind });
  const { kind, domainName } = context;
  const spoilt = {
    ...values,
    'service.name': '中国论坛',
    'subject.principal.mobile': '1380000000',
    'subject.contactAddress': '某地',
  };
  return {
    id: `f-${seed}`,
    kind,
    serviceKind,
    nature,
    provinceCode,
    domainName,
    values: seed % 4 === 3 ? spoilt : values,
  };
}

const brief = ({
  id,
  submittable,
  findings,
  checkList,
}: Pick<PreCheck, 'id' | 'submittable' | 'findings'> & { checkList: readonly unknown[] }) =>
  JSON.stringify([
    id,
    submittable,
    findings.map(({ field, rule, severity }) => [field, rule, severity]),
    checkList.length,
  ]);

function timed(work: () => void): number {
  const begun = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(begun);
  return count / ((user + system) / 1e6);
}

const check = (line: string) => preCheck(JSON.parse(line), rules, at);
const rounds = Array.from({ length: 5 }, () => [
  timed(() => {
    for (const line of lines) check(line);
  }),
  timed(() => {
    for (const line of lines) JSON.parse(line);
  }),
]);
const ours = median(rounds.map(([rate = 0]) => rate));
const parsing = median(rounds.map(([, rate = 0]) => rate));

const folder = mkdtempSync(join(tmpdir(), 'openbeian-bench-'));
const file = join(folder, 'filings.ndjson');
writeFileSync(file, `${lines.join('\n')}\n`);
const main = new URL('../../packages/cli/src/main.ts', import.meta.url).pathname;
const program = `const { resourceUsage } = process; process.on('exit', () => { const { userCPUTime, systemCPUTime } = resourceUsage(); process.stderr.write(String(userCPUTime + systemCPUTime)); });`;
writeFileSync(join(folder, 'meter.mjs'), program);
const command = spawnSync(
  process.execPath,
  ['--import', join(folder, 'meter.mjs'), main, 'precheck', file, '--ndjson', '--at', at],
  { encoding: 'utf8', maxBuffer: 1 << 30 },
);
if (command.status !== 0) throw new Error(command.stderr);
const answers = command.stdout.trimEnd().split('\n');
const firstOther = lines.findIndex((line, index) => brief(check(line)) !== brief(JSON.parse(answers[index] ?? 'null')));
if (firstOther >= 0) throw new Error(`line ${firstOther + 1} is answered otherwise by the command`);
const commandRate = count / (Number(command.stderr) / 1e6);
const findings = answers.filter((line) => JSON.parse(line).submittable === false).length;
const bytes = readFileSync(file).length;
rmSync(folder, { recursive: true });

const row = (name: string, rate: number) =>
  `| ${name} | ${Math.round(rate).toLocaleString('en')} | ${(rate / parsing).toPrecision(2)} |`;
console.log(
  [
    `${count.toLocaleString('en')} filings, ${(bytes / count / 1000).toFixed(1)} kB each, ${findings.toLocaleString('en')} of them with errors`,
    '',
    '| who | filings per CPU second | to JSON.parse |',
    '|---|---:|---:|',
    row('preCheck, from JSON to findings and check list', ours),
    row('openbeian precheck --ndjson, with its start and its output', commandRate),
    row('JSON.parse alone', parsing),
  ].join('\n'),
);
