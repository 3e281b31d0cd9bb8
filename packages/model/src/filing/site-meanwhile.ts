import { z } from 'zod';
import { courseOf, type FilingCourse } from './course.ts';
import type { FilingKind, ServiceKind } from './kinds.ts';

type Site = FilingCourse['site'];
const sites = ['closed', 'open_after_review', 'open'] as const satisfies readonly Site[];
const filedHere = ['website', 'app'] as const;

/** What is asked of a site or app while its filing is under way. */
const answers = {
  closed: {
    zh: '取得备案号之前须关闭：请停止解析或关闭访问',
    en: 'Closed until the number is issued: stop resolving the name, or answer nobody',
  },
  unresolved: {
    zh: '取得备案号之前须关闭，域名也不能有解析记录',
    en: 'Closed until the number is issued, and the name may not even resolve',
  },
  not_offered: {
    zh: 'APP 取得备案号之前不能上架，也不能提供服务',
    en: 'The app is neither offered in stores nor serves anybody until the number is issued',
  },
  open_after_review: {
    zh: '初审通过后可以开通，底部标明备案号',
    en: 'May open after the provider’s review, with the number at its bottom',
  },
  open: {
    zh: '保持开通，内容与备案一致，底部标明备案号',
    en: 'Stays open, as it is on record, with the number at its bottom',
  },
} as const;

const rowShape = z.strictObject({
  /** What the filing types whose rows it is have in common (`FilingCourse.site`). */
  site: z.enum(sites),
  services: z.array(z.enum(filedHere)).min(1),
  /** Six digits each; unless said, every province that has no row of its own. */
  provinces: z
    .array(z.string().regex(/^\d{6}$/))
    .min(1)
    .optional(),
  answer: z.enum(Object.keys(answers) as [keyof typeof answers]), // Object.keys forgets which keys there are, and that there is one.
  source: z.string().min(1),
  asOf: z.iso.date().nullable(),
});
type Row = z.output<typeof rowShape>;

/** `policies/desk.yaml`: for every type and service one answer for each province. */
export const siteMeanwhileShape = z.array(rowShape).superRefine((rows, context) => {
  for (const site of sites) {
    for (const service of filedHere) {
      const own = rows.filter((row) => row.site === site && row.services.includes(service));
      const named = own.flatMap(({ provinces = ['any'] }) => provinces);
      const isWhole = named.includes('any') && new Set(named).size === named.length;
      if (isWhole) continue;
      const params = {
        zh: `${site}、${service} 应有一条用于各省，每省至多一条`,
        en: `expected one row of ${site} and ${service} for all provinces, and one at most for each`,
      };
      context.addIssue({ code: 'custom', path: [], params });
    }
  }
});

/** Whether the site may be reached while the filing is under way, and who says so. */
export interface SiteMeanwhile extends Pick<Row, 'answer' | 'source' | 'asOf'> {
  readonly text: { readonly zh: string; readonly en: string };
}

/** The answer of a province; null for what is not filed here, a mini-program. */
export function siteMeanwhileOf(
  rows: readonly Row[],
  {
    kind,
    serviceKind,
    provinceCode,
  }: { readonly kind: FilingKind; readonly serviceKind: ServiceKind; readonly provinceCode: string },
): SiteMeanwhile | null {
  const { site } = courseOf(kind);
  const own = rows.filter((row) => row.site === site && row.services.some((service) => service === serviceKind));
  const found =
    own.find(({ provinces }) => provinces?.includes(provinceCode)) ?? own.find(({ provinces }) => !provinces);
  if (found === undefined) return null;
  const { answer, source, asOf } = found;
  return { answer, source, asOf, text: answers[answer] };
}
export type SiteMeanwhileRows = readonly Row[];
