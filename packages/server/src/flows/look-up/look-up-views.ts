import { type FilingRow, lookUpNames } from '../../ports/index.ts';
import type { Step } from '../command/step.ts';
import { goodUntil, isAboutForm } from './current-answers.ts';

const notConfigured = {
  zh: '本系统未开通此项查询，请自行核实',
  en: 'This deployment asks nobody: look yourself',
};
const notYet = { zh: '尚未查询', en: 'Not asked yet' };

/** All that could be asked outside about a filing, with what came of it; what nobody is asked says so. */
export async function lookUpViewsOf(step: Step, filing: FilingRow) {
  const { deps, tx, at } = step;
  const rows = await tx.lookUps.list(filing.id);
  return lookUpNames.map((name) => {
    const row = rows.find((one) => one.name === name) ?? null;
    const isAsked = deps.lookUps.ports.some((port) => port.name === name);
    const answer = row?.answer ?? null;
    const until = row === null ? null : goodUntil(deps, row);
    return {
      name,
      isAsked,
      state: answer?.state ?? 'not_asked',
      askedAt: answer?.askedAt ?? null,
      source: answer?.source ?? null,
      said: answer?.said ?? (isAsked ? notYet : notConfigured),
      goodUntil: until,
      // About an earlier form, or too old: people see it, the check does not use it.
      isUsed:
        row !== null && until !== null && until > at && answer?.state === 'answered' && isAboutForm(step, filing, row),
      nextAt: row?.wantedAt ?? null,
    };
  });
}
