import type { ProvinceRule } from '../province/index.ts';

/** Letters that only some provinces ask for: the rules that do, each with its source and day. */
export const letterRules = {
  truthfulness_notice: ['jiangsu.notice_and_pledge'],
  no_training: ['jiangsu.education', 'jiangxi.no_training', 'shanghai.no_training'],
  no_finance: ['guangdong.finance', 'zhejiang.finance'],
  culture: ['jiangxi.culture'],
  ownership: ['sichuan.ownership_statement'],
  use_statement: ['ningxia.use_statement'],
  statement: ['guangxi.many_domains', 'hebei.several_resources'],
  rename_statement: ['change.rename_proof', 'sichuan.renamed'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** Rules that ask for a form of the province's own, or for a paper of another authority: nothing that we could write. */
export const ownFormRules: readonly string[] = [
  'shanghai.pledge',
  'guangdong.pledge',
  'neimenggu.public_body_form',
  'heilongjiang.public_body_form',
  'jiangxi.public_body_form',
  'xizang.party_letter',
  'xizang.confirmation_letter',
  'xinjiang.party_letter',
];

/** A paper that the customer gets from the province, in the words of the rule that asks for it. */
interface OwnForm {
  readonly rule: string;
  readonly text: ProvinceRule['message'];
  readonly remedy: ProvinceRule['message'] | null;
  readonly source: string | null;
  readonly asOf: string;
}

/** @param rules in force for the filing */
export const ownFormsIn = (rules: readonly ProvinceRule[]): readonly OwnForm[] =>
  rules
    .filter(({ id }) => ownFormRules.includes(id))
    .map(({ id, message, remedy, source, asOf }) => ({
      rule: id,
      text: message,
      remedy: remedy ?? null,
      source: source[0] ?? null,
      asOf,
    }));
