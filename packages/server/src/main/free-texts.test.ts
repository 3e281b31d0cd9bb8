import { allOperations } from '@openbeian/contract';
import { expect, test } from 'vitest';
import { z } from 'zod';

/*
 * Where people write in their own words: they write names and telephone numbers there. Each text of a body that has no form of its own is
 * sealed, or in the clear for the reason given here. A new one fails this test until somebody has decided.
 */
const sealed = 'sealed';
const id = 'names something by its id';
const secret = 'a secret: compared, never stored';
const label = 'a label by which its owner finds it again, searched and listed; the page asks for no personal data';
const name = 'what somebody is called: the account’s real name is public when filed, and people see who acted';
const value = 'a value of its own form, which is checked';
const where: Readonly<Record<string, string>> = {
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

interface Shape {
  readonly type?: string;
  readonly enum?: unknown;
  readonly const?: unknown;
  readonly format?: string;
  readonly pattern?: string;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly items?: Shape;
  readonly anyOf?: readonly Shape[];
  readonly oneOf?: readonly Shape[];
}

function textsIn(shape: Shape, path: string): string[] {
  const isText =
    shape.type === 'string' && [shape.enum, shape.const, shape.format, shape.pattern].every((one) => one === undefined);
  return [
    ...(isText ? [path] : []),
    ...Object.entries(shape.properties ?? {}).flatMap(([key, one]) => textsIn(one, `${path}.${key}`)),
    ...(shape.items ? textsIn(shape.items, `${path}[]`) : []),
    ...[...(shape.anyOf ?? []), ...(shape.oneOf ?? [])].flatMap((one) => textsIn(one, path)),
  ];
}

test('every text that people write in their own words is sealed, or in the clear for a reason', () => {
  const found = allOperations.flatMap((operation) => {
    // As the OpenAPI document has it; what this reads of it is above.
    const shape = z.toJSONSchema(operation.body, { io: 'input', unrepresentable: 'any' }) as Shape;
    return textsIn(shape, operation.id);
  });
  expect([...new Set(found)].sort()).toEqual(Object.keys(where).sort());
});
