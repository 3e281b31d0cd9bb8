import { findHelp } from '@openbeian/model/help';
import { loadSeedCases, type SeedCase } from './seed-cases.ts';

/** docs/seed-questions.md, from the seed cases. */
export function seedQuestions(): string {
  const files = loadSeedCases();
  const count = files.reduce((sum, { cases }) => sum + cases.length, 0);
  const lines = [
    '# Questions OpenBeian grew from / 种子问题',
    '',
    '<!-- Generated from policies/seed-cases/*.yaml by `node scripts/docs.ts`; a test keeps it current. -->',
    '',
    `Every question and statement of the five documents that the project started from, worded by ourselves: ${count} cases. ` +
      'A case `S2-Q07.3` is the third statement under the seventh question of document 002; `Q00` is what comes before the first one. ' +
      'Each is run by `policies/seed-cases.test.ts` against the code named in the last column.',
    '',
    '五份起始文档中的每个问题和陈述都在这里，由我们重新表述；每一条都是一个测试用例。',
  ];
  for (const { seed, source, title, cases } of files) {
    lines.push('', `## ${seed} ${title.zh} / ${title.en}`, '', `Source: \`${source}\` ([sources.md](sources.md))`, '');
    lines.push('| Case | 问题或陈述 | Question or statement | Answered by |', '|---|---|---|---|');
    for (const it of cases) lines.push(`| ${it.id} | ${cell(it.zh)} | ${cell(it.en)} | ${cell(answerOf(it))} |`);
  }
  return `${lines.join('\n')}\n`;
}

/** Where the answer lives, and what it is. */
function answerOf(it: SeedCase): string {
  switch (it.kind) {
    case 'check': {
      const uses = (['file', 'issue'] as const).filter((use) => it[use] !== undefined);
      const outcomes = uses.map((use) => {
        const codes = (it.reasons[use] ?? []).map((code) => `\`${code}\``).join(', ');
        return `${use}: ${it[use]}${codes === '' ? '' : ` (${codes})`}`;
      });
      return `\`openbeian check\`: ${outcomes.join('; ')}`;
    }
    case 'validity':
      return `may a code be used: ${it.valid ? 'yes' : it.reasons.map((code) => `\`${code}\``).join(', ')}`;
    case 'code':
      return `state of a code: ${it.state}`;
    case 'policy':
      return `policy \`${it.policy}\`: \`${it.path}\` = ${JSON.stringify(it.value)}`;
    case 'help':
      return `help \`${it.help}\`, reached from ${(findHelp(it.help)?.topics ?? []).map((topic) => `\`${topic}\``).join(', ')}`;
    case 'number':
      return `\`openbeian number\`: \`${it.canonical}\` (${it.numberKind})`;
    case 'route': {
      const answer = [it.need, it.filing, it.accessible].filter((part) => part !== undefined).join(', ');
      return `\`openbeian route\`: ${answer}`;
    }
    case 'gate':
      return `\`openbeian gate decide\`: ${it.outcome} (\`${it.reason}\`)`;
  }
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
