import { fileableSuffixes } from '../../domain-name/index.ts';
import type { ReasonWording } from './reason-wording.ts';

const otherClouds = 'other-clouds-filing-kinds';

/** Reasons that are about the domain's name itself. */
export const nameReasons = {
  'route.internal_name': {
    source: 'openbeian',
    zh: ({ suffix }) =>
      `这是内部网络使用的名称（${suffix} 不是公共域名后缀），任何注册商都不能注册，也无法备案；仅在内网使用无需备案，对外提供服务请使用已注册的域名。`,
    en: ({ suffix }) =>
      `This is a name of an internal network (${suffix} is no public suffix). No registrar can register it and it cannot be filed. Inside a network of your own no filing is needed; for a public service use a registered domain.`,
  },
  'route.platform_name': {
    source: 'openbeian',
    zh: ({ platform }) =>
      `该名称属于平台域名 ${platform}，由平台持有，您无法为它备案，也无需备案；需要备案的是您自己注册的域名，请绑定自己的域名后再办。`,
    en: ({ platform }) =>
      `This name is below ${platform}, which belongs to a platform: you cannot file it and need not. What you file is a domain that you have registered; bind one first.`,
  },
  'route.suffix_unknown': {
    source: 'openbeian',
    zh: ({ suffix }) =>
      `注意：.${suffix} 不在公共域名后缀表中，可能无法注册，也就无法备案；请核对域名是否写错，或该后缀是否新近开放。`,
    en: ({ suffix }) =>
      `Note: .${suffix} is not on the list of public suffixes. Such a domain probably cannot be registered, and then not filed either. Check the spelling, or whether the suffix is new.`,
  },
  'route.suffix_not_listed': {
    source: fileableSuffixes.source,
    zh: ({ suffix }) =>
      `注意：.${suffix} 不在可备案的域名后缀清单中（取自公开资料，截至 ${fileableSuffixes.asOf}）；未经工信部批准的后缀不能备案，请先在工信部“域名行业管理”网站核实，必要时换用其他域名。`,
    en: ({ suffix }) =>
      `Note: .${suffix} is not on the list of suffixes that may be filed (from published lists, as of ${fileableSuffixes.asOf}). A suffix that MIIT has not approved cannot be filed: check with MIIT or the provider first, or use another domain.`,
  },
  'route.unapproved_suffix_final': {
    source: 'alibaba-docs-2019',
    zh: ({ suffix }) => `注意：.${suffix} 可能属于未经批准的后缀，注销或取消接入后将无法再次备案，请谨慎操作。`,
    en: ({ suffix }) =>
      `Note: .${suffix} may be a suffix without approval. Once its record or access is cancelled, the domain cannot be filed again.`,
  },
  'route.follows_registrable_name': {
    source: otherClouds,
    zh: ({ registrableName }) => `备案按主域名 ${registrableName} 办理，其子域名无需单独备案。`,
    en: ({ registrableName }) =>
      `The filing is made for the registered domain ${registrableName}; names below it follow.`,
  },
} as const satisfies Record<string, ReasonWording>;
