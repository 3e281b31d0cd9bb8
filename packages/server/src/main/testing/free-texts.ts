/*
 * Where people write in their own words: they write names and telephone numbers there. Each text of a body that has no form of its own is
 * sealed, or in the clear for the reason given here.
 */
const sealed = 'sealed';
const id = 'names something by its id';
const secret = 'a secret: compared, never stored';
const label = 'a label by which its owner finds it again, searched and listed; the page asks for no personal data';
const name = 'what somebody is called: the account’s real name is public when filed, and people see who acted';
const value = 'a value of its own form, which is checked';
export const freeTexts: Readonly<Record<string, string>> = {
  'addPasskey.name': label,
  'beginSupportAccess.accountId': id,
  'beginSupportAccess.reason': sealed,
  'bindFiling.with.code': secret,
  'bindFiling.with.resourceId': id,
  'cancelRecord.number': value,
  'cancelRecord.provider': id,
  'cancelRecord.reason': sealed,
  'changeOwnPassword.current': secret,
  'changeOwnPassword.password': secret,
  'checkPartnerResources.resourceIds[]': id,
  'confirmTotp.code': secret,
  'contestFiling.statement': sealed,
  'copyFiling.domainName': value,
  'createApiKey.accountId': id,
  'createApiKey.name': label,
  'createSignInTicket.account.displayName': name,
  'createSignInTicket.account.id': id,
  'createSignInTicket.person.displayName': name,
  'createSignInTicket.person.id': id,
  'createWebhook.description': label,
  'createWebhook.url': value,
  'decideContest.reasons': sealed,
  'grantCode.granteeAccountId': id,
  'grantPartnerCodes.grants[].code': secret,
  'grantPartnerCodes.grants[].codeId': id,
  'grantPartnerCodes.grants[].granteeAccountId': id,
  'invitePerson.accountId': id,
  'invitePerson.displayName': name,
  'issueCodes.granteeAccountId': id,
  'issueCodes.note': label,
  'issuePartnerCodes.granteeAccountId': id,
  'issuePartnerCodes.note': label,
  'issuePartnerCodes.resourceId': id,
  'lapseFiling.comment': sealed,
  'markNoticesRead.ids[]': id,
  'openLink.token': secret,
  'openTicket.ticket': secret,
  'queryPartnerCodes.codes[]': secret,
  'queryPartnerResource.after': id,
  'queryPartnerResource.resourceId': id,
  'readAppCertificate.certificate': value,
  'recallFiling.comment': sealed,
  'reopenFiling.comment': sealed,
  'reopenLapsedFilings.after': id,
  'reopenLapsedFilings.comment': sealed,
  'repointCode.resourceId': id,
  'requestPasswordReset.login': id,
  'returnFiling.reasons[].comment': sealed,
  'returnFiling.reasons[].field': id,
  'returnFiling.reasons[].reasonId': id,
  'revealCode.reason': sealed,
  'revealFilingForm.reason': sealed,
  'signIn.code': secret,
  'signIn.login': id,
  'signIn.password': secret,
  'signInWithOidc.query': secret,
  'signInWithTicket.ticket': secret,
  'startFiling.certificateNumber': sealed,
  'startFiling.certificateType': value,
  'startFiling.domainName': value,
  'startFiling.nature': id,
  'startFiling.subjectNumber': value,
  'updateWebhook.description': label,
  'updateWebhook.url': value,
  'useLink.password': secret,
  'useLink.token': secret,
  'verifyCode.accountId': id,
  'verifyCode.code': secret,
  'verifyCode.domainName': value,
};

/** Those that are sealed, sorted; a test says each of them and looks where they are. */
export const sealedTexts: readonly string[] = Object.keys(freeTexts)
  .filter((place) => freeTexts[place] === sealed)
  .sort();
