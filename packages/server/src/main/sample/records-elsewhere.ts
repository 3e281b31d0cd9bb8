import { fictionalCompany, fictionalPerson } from '@openbeian/model/fictional';

/** A site name that somebody has on record already: filing it again is rejected. */
export const takenSiteName = '青禾旅行随笔';

/** What the simulated authority knows from before: subjects filed elsewhere, a taken name, a blacklist. */
export function recordsElsewhere() {
  const company = fictionalCompany(1);
  const person = fictionalPerson(7);
  return {
    subjects: [
      {
        number: '粤ICP备2023900017号',
        kind: 'enterprise' as const,
        name: company.name,
        certificateType: 'business_licence',
        certificateNumber: company.creditCode,
        services: [
          {
            number: '粤ICP备2023900017号-1',
            kind: 'website' as const,
            name: '云帆科技官方网站',
            domainName: 'yunfan-example.cn',
            accesses: ['alibaba'],
          },
        ],
      },
      {
        number: '浙ICP备2022900023号',
        kind: 'individual' as const,
        name: person.name,
        certificateType: 'resident_id',
        certificateNumber: person.residentId,
        services: [],
      },
    ],
    takenSiteNames: [takenSiteName],
    blacklist: { certificateNumbers: [], domainNames: ['blacklisted-example.cn'], siteNames: [] },
  };
}
