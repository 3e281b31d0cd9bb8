import type { Text } from '../engine/definition.ts';
import { breach, type CheckContext, type FormRule } from './check-context.ts';

/** What the form asks the name of. */
const whatIsNamed = ({ serviceKind }: Pick<CheckContext, 'serviceKind'>): Text =>
  serviceKind === 'app' ? { zh: 'APP', en: 'app' } : { zh: '网站', en: 'site' };

/** The site: its name, address and content. */
export const siteRules = {
  'url.of_domain_name': (value, _field, _values, context) => {
    const host = /^(?:https?:\/\/)?([^/:?#\s]+)(?::\d+)?(?:[/?#]\S*)?$/i.exec(value)?.[1]?.toLowerCase();
    const fits = host === context.domainName || host?.endsWith(`.${context.domainName}`);
    return fits
      ? null
      : breach(
          'url.of_domain_name',
          'ISP-V3',
          { zh: '首页网址不属于备案域名', en: 'The home page is not on the domain of this filing' },
          {
            zh: `应为 ${context.domainName} 或其下的网址。`,
            en: `It must be ${context.domainName} or one of its subdomains.`,
          },
        );
  },

  'service_name.form': (value, _field, _values, context) => {
    const han = value.match(/\p{Script=Han}/gu)?.length ?? 0;
    const { zh, en } = whatIsNamed(context);
    const problem: Text | null =
      value.toLowerCase() === context.domainName
        ? { zh: `${zh}名称不能就是域名`, en: `The ${en} name cannot be the domain` }
        : /[^\p{L}\p{N}（）()·—\-\s]/u.test(value)
          ? { zh: `${zh}名称含有特殊符号`, en: `The ${en} name has special characters` }
          : han < 3
            ? { zh: `${zh}名称少于三个汉字`, en: `The ${en} name has fewer than three Chinese characters` }
            : null;
    return (
      problem &&
      breach('service_name.form', 'ALI19-SITE-NAMES', problem, {
        zh: `请使用三个以上汉字、能说明${zh}内容的名称。`,
        en: `Use a name of three or more Chinese characters that describes the ${en}.`,
      })
    );
  },

  'service_name.words': (value, _field, _values, context) => {
    if (context.limits === null) return null;
    const { stateOnly, notForIndividuals } = context.limits.serviceNames;
    const isState = context.subjectKind === 'government';
    const state = isState ? undefined : stateOnly.words.find((word) => value.startsWith(word));
    const isPerson = context.subjectKind === 'individual';
    const personal = isPerson ? notForIndividuals.words.find((word) => value.includes(word)) : undefined;
    const word = state ?? personal;
    if (word === undefined) return null;
    const { zh, en } = whatIsNamed(context);
    return breach(
      'service_name.words',
      state === undefined ? notForIndividuals.source : stateOnly.source,
      { zh: `${zh}名称不能使用“${word}”`, en: `The ${en} name cannot contain “${word}”` },
      state
        ? {
            zh: '国字号名称须有国家级批准；请改名。',
            en: 'Names with state-level words need state approval; choose another name.',
          }
        : {
            zh: '个人请改用不带单位、行业字样的名称。',
            en: 'For an individual, choose a name without words for organisations or industries.',
          },
    );
  },

  'pre_approval.unit_only': (value, _field, _values, context) =>
    value !== 'none' && context.subjectKind === 'individual'
      ? breach(
          'pre_approval.unit_only',
          'TC-PREAPPROVAL',
          { zh: '个人不能开办须前置审批的网站', en: 'An individual cannot run a site that needs pre-approval' },
          {
            zh: '改选“以上都不涉及”，或由取得批准的单位来备案。',
            en: 'Choose “None of these”, or have the approved organisation file it.',
          },
        )
      : null,

  'remark.for_other': () => null,
} satisfies Record<string, FormRule>;

/** Rules that look at an empty optional field too. */
export const siteRulesOfEmpty = {
  'remark.for_other': (_value, _field, values) =>
    Array.isArray(values['service.content']) && values['service.content'].includes('other')
      ? breach(
          'remark.for_other',
          'TC-SITE',
          {
            zh: '服务内容为“其他”时须在备注中说明用途',
            en: 'If the content type is “Other”, the remark must describe the site',
          },
          { zh: '用一两句话写明网站内容。', en: 'Describe the site in one or two sentences.' },
        )
      : null,
} satisfies Record<string, FormRule>;
