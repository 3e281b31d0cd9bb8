import type { Words } from '../../language/words.ts';

export const prepareWords = {
  prepare: {
    course: { zh: '这一类型需要什么', en: 'What this type takes' },
    preconditions: { zh: '办理条件', en: 'Conditions' },
    sms: { zh: '短信核验', en: 'Confirmed by SMS' },
    site: { zh: '办理期间的网站或 APP', en: 'The site or app meanwhile' },
    customerReads: (text: string) => ({ zh: `客户看到：${text}`, en: `The customer reads: ${text}` }),
    siteAsOf: (day: string) => ({ zh: `依据的资料截至 ${day}`, en: `by what was published up to ${day}` }),
    materials: { zh: '材料', en: 'Materials' },
    none: { zh: '无', en: 'none' },
    title: { zh: '备案前准备', en: 'What you will need' },
    lead: {
      zh: '按省份、单位性质和备案类型列出需要的材料、电话要求、关站要求和办理时间。可以打印。',
      en: 'Papers, phone numbers, closed sites and waiting times, by province, nature and filing type. Can be printed.',
    },
    print: { zh: '打印', en: 'Print' },
    chooseProvince: { zh: '请选择备案省份', en: 'Choose a province' },
    certificates: { zh: '主体证件', en: 'Certificate of the organiser' },
    oneOf: { zh: '任选其一，须在有效期内。', en: 'One of these, still valid.' },
    when: (conditions: string) => ({ zh: `适用情形：${conditions}`, en: `Where ${conditions}` }),
    limits: { zh: '办理时间', en: 'Time limits' },
    within: (span: string) => ({ zh: `${span}内`, en: `within ${span}` }),
    reminded: (after: string, unit: string) => ({
      zh: `等待客户处理时，第 ${after} ${unit}各提醒一次`,
      en: `whoever it waits for is reminded after ${after} ${unit}`,
    }),
    units: {
      hours: { zh: '小时', en: 'hours' },
      days: { zh: '天', en: 'days' },
      working_days: { zh: '个工作日', en: 'working days' },
    },
    spans: {
      hours: (amount: number) => ({ zh: `${amount} 小时`, en: amount === 1 ? '1 hour' : `${amount} hours` }),
      days: (amount: number) => ({ zh: `${amount} 天`, en: amount === 1 ? '1 day' : `${amount} days` }),
      working_days: (amount: number) => ({
        zh: `${amount} 个工作日`,
        en: amount === 1 ? '1 working day' : `${amount} working days`,
      }),
    },
    link: { zh: '查看需要准备的材料', en: 'See what you will need' },
  },
} satisfies Words;
