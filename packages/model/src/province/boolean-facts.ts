import type { Place } from './place.ts';

interface YesOrNo {
  readonly yes: { readonly zh: string; readonly en: string };
  readonly no: { readonly zh: string; readonly en: string };
  readonly at: Place;
}
const yesOrNo = (at: Place, yes: readonly [string, string], no: readonly [string, string]): YesOrNo => ({
  yes: { zh: yes[0], en: yes[1] },
  no: { zh: no[0], en: no[1] },
  at,
});

/** What is either way. */
export const booleanFacts = {
  /** Was the person's resident identity number given out in the province of the filing? */
  'person.isLocal': yesOrNo(
    'identity:certificateNumber',
    ['负责人的身份证由本省签发', 'the person’s identity number is of the province'],
    ['负责人的身份证非本省签发', 'the person’s identity number is of another province'],
  ),
  'person.emergencyIsMobile': yesOrNo(
    'contact:emergencyMobile',
    ['应急电话与手机号码相同', 'the emergency number is the mobile number'],
    ['应急电话与手机号码不同', 'the emergency number differs from the mobile number'],
  ),
  'person.mobileIsLocal': yesOrNo(
    'contact:mobile',
    ['手机号码为本省号码', 'the mobile number is of the province'],
    ['手机号码非本省号码', 'the mobile number is of another province'],
  ),
  'person.servesOtherSubject': yesOrNo(
    'identity:certificateNumber',
    ['负责人的证件号码已用于其他主体', 'the person is in charge of another organiser too'],
    ['负责人未在其他主体任职', 'the person is in charge of no other organiser'],
  ),
  'person.mobileServesOtherSubject': yesOrNo(
    'contact:mobile',
    ['手机号码已用于其他主体', 'the mobile number is used by another organiser'],
    ['手机号码未用于其他主体', 'the mobile number is used by no other organiser'],
  ),
  'principals.areOne': yesOrNo(
    'service.principal.certificateNumber',
    ['网站负责人即主体负责人', 'one person is in charge of site and organiser'],
    ['网站负责人与主体负责人不同', 'different people are in charge of site and organiser'],
  ),
  'principals.shareMobile': yesOrNo(
    'service.principal.mobile',
    ['不同负责人的手机号码相同', 'different people in charge give one mobile number'],
    ['不同负责人的手机号码不同', 'different people in charge give different mobile numbers'],
  ),
  'subject.principalIsLegalRepresentative': yesOrNo(
    'subject.legalRepresentative.isPrincipal',
    ['主体负责人为法定代表人', 'the organiser’s person in charge is its legal representative'],
    ['主体负责人不是法定代表人', 'the organiser’s person in charge is not its legal representative'],
  ),
  'service.principalIsLegalRepresentative': yesOrNo(
    'service.principal.name',
    ['网站负责人为法定代表人', 'the site’s person in charge is the legal representative'],
    ['网站负责人不是法定代表人', 'the site’s person in charge is not the legal representative'],
  ),
  'subject.legalRepresentativeIsForeign': yesOrNo(
    'subject.principal.name',
    ['法定代表人为境外人士', 'the legal representative is from outside the mainland'],
    ['法定代表人为境内居民', 'the legal representative is a mainland resident'],
  ),
  'subject.hasTradeName': yesOrNo(
    'subject.certificateNumber',
    ['证照载有字号', 'the licence has a trade name'],
    ['证照没有字号', 'the licence has no trade name'],
  ),
  'subject.hasSeal': yesOrNo('subject.certificateNumber', ['有公章', 'it has a seal'], ['没有公章', 'it has no seal']),
  'subject.certificateIsLocal': yesOrNo(
    'subject.certificateAddress',
    ['证照住所在本省', 'the address of the certificate is in the province'],
    ['证照住所不在本省', 'the address of the certificate is in another province'],
  ),
  'subject.isShell': yesOrNo(
    'subject.certificateNumber',
    ['主体为空壳主体（名下没有网站）', 'the organiser is on record without any service'],
    ['主体名下有网站', 'the organiser has services on record'],
  ),
  'subject.touchesPreApproval': yesOrNo(
    'subject.name',
    ['名称或经营范围含有前置审批的关键词', 'name or business scope has words of a pre-approval'],
    ['名称和经营范围不含前置审批的关键词', 'neither name nor business scope has words of a pre-approval'],
  ),
  'subject.hasSeveralNumbers': yesOrNo(
    'subject.certificateNumber',
    ['主体有多个备案号', 'the organiser has several filing numbers'],
    ['主体只有一个备案号', 'the organiser has one filing number'],
  ),
  'addresses.areInOneCity': yesOrNo(
    'subject.contactAddress',
    ['通信地址与证件住所在同一城市', 'contact address and certificate address are in one city'],
    ['通信地址与证件住所不在同一城市', 'contact address and certificate address are in different cities'],
  ),
  'service.nameIsSubjects': yesOrNo(
    'service.name',
    ['网站名称与主办者名称相同', 'the site has the organiser’s name'],
    ['网站名称与主办者名称不同', 'the site has another name than the organiser'],
  ),
  'service.nameHasLatin': yesOrNo(
    'service.name',
    ['网站名称含有字母', 'the site name has Latin letters'],
    ['网站名称不含字母', 'the site name has no Latin letters'],
  ),
  'service.nameIsTaken': yesOrNo(
    'service.name',
    ['主体名下已有同名网站', 'another site of the organiser has the same name'],
    ['主体名下没有同名网站', 'no other site of the organiser has the same name'],
  ),
  'service.isOpen': yesOrNo(
    'service.homeUrl',
    ['网站在备案完成前可以访问', 'the site is open before it is filed'],
    ['网站在备案完成前已关闭', 'the site is closed until it is filed'],
  ),
  'filed.areInOrder': yesOrNo(
    'service.homeUrl',
    ['已备案网站可访问且悬挂备案号', 'the filed sites are open and show their numbers'],
    ['已备案网站无法访问或未悬挂备案号', 'a filed site is not open or does not show its number'],
  ),
  'filed.resolveToFiledAddress': yesOrNo(
    'service.homeUrl',
    ['已备案网站的解析地址与备案一致', 'the filed sites resolve to the addresses on record'],
    ['已备案网站的解析地址与备案不一致', 'a filed site resolves to another address than on record'],
  ),
  'domain.registrarIsDomestic': yesOrNo(
    'service.homeUrl',
    ['域名注册商在境内', 'the registrar is a domestic one'],
    ['域名在境外注册商处', 'the registrar is abroad'],
  ),
  'resources.areInSeveralProvinces': yesOrNo(
    'service.access.places',
    ['IP 分布在多个省份', 'the addresses are in several provinces'],
    ['IP 在同一省份', 'the addresses are in one province'],
  ),
  'domain.isRegistered': yesOrNo(
    'service.homeUrl',
    ['域名已注册', 'the domain is registered'],
    ['域名未注册', 'the domain is not registered'],
  ),
  /** By its registry, as of names whose holder has not shown who it is. */
  'domain.isOnHold': yesOrNo(
    'service.homeUrl',
    ['域名被注册局或注册商暂停解析', 'registry or registrar holds the domain'],
    ['域名状态正常', 'the domain is not held'],
  ),
  'person.officePhoneIsLocal': yesOrNo(
    'contact:officePhone',
    ['办公电话的区号属于本省', 'the area code of the office phone is of the province'],
    ['办公电话的区号不属于本省', 'the area code of the office phone is of another province'],
  ),
  'subject.hasResidenceProof': yesOrNo(
    'subject.residenceProof',
    ['可以提供居住证明', 'proof of residence can be provided'],
    ['没有居住证明', 'there is no proof of residence'],
  ),
  'account.realNameFits': yesOrNo(
    'subject.certificateNumber',
    ['账号实名类型与主体一致', 'the account’s real name is of the organiser’s kind'],
    ['账号实名类型与主体不一致', 'the account’s real name is of another kind than the organiser'],
  ),
  'account.holdsOtherSubject': yesOrNo(
    'subject.certificateNumber',
    ['账号下已有其他主体的备案', 'the account holds another organiser’s filing'],
    ['账号下没有其他主体的备案', 'the account holds no other organiser’s filing'],
  ),
  /** As far as the account’s real name, its records and its filings under way say. */
  'account.filesForOther': yesOrNo(
    'subject.certificateNumber',
    ['账号为其他主体备案', 'the account files for another organiser than itself'],
    ['账号为自己备案', 'the account files for itself'],
  ),
  'account.mayFileForOthers': yesOrNo(
    'subject.certificateNumber',
    ['账号可以为其他主体备案', 'the account may file for other organisers'],
    ['账号只能为自己备案', 'the account files for itself only'],
  ),
  'account.agencyProofGiven': yesOrNo(
    'materials.agency_letter.whole',
    ['已上传主办单位的委托书', 'the organiser’s letter of agency is uploaded'],
    ['没有上传主办单位的委托书', 'the organiser’s letter of agency is not uploaded'],
  ),
} as const satisfies Record<string, YesOrNo>;
