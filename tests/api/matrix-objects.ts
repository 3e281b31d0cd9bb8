import type { RuleWorld } from '../../packages/server/src/main/testing/rule-world.ts';

export type Objects = Awaited<ReturnType<typeof objectsOf>>;

const madeKeys: { readonly by: () => ReturnType<RuleWorld['call']>; readonly keyId: string }[] = [];

/** One of everything that a customer may have, with `word` wherever a customer writes. */
export async function objectsOf(
  rule: RuleWorld,
  accountId: string,
  { word, keepsKey }: { readonly word: string; readonly keepsKey: boolean },
) {
  const { flows } = rule;
  const by = () => rule.call(accountId);
  const resourceId = await rule.server(accountId, 'xingyun', 'server');
  const input = { resourceId, count: 1, granteeAccountId: null, note: word };
  const { codes } = await flows.issueCodes(by(), input);
  const [{ clear, code } = { clear: '', code: { id: '' } }] = codes;
  const filing = await rule.draft(accountId);
  const { filingId } = filing;
  const saved = await flows.saveFilingForm(by(), {
    filingId,
    version: filing.version,
    values: { 'service.remark': word },
  });
  const url = `https://hooks.example.com/${word}`;
  const { webhook } = await flows.createWebhook(by(), { url, types: [], description: word });
  const delivery = await flows.sendTestEvent(by(), { webhookId: webhook.id });
  const { apiKey } = await flows.createApiKey(by(), { name: word, scopes: ['codes:read'], lifetimeDays: null });
  // Fifty are an account's limit: those of former operations have done their part.
  madeKeys.push({ by, keyId: apiKey.id });
  const spare = keepsKey ? madeKeys.splice(0, madeKeys.length - 10) : madeKeys.splice(-1);
  for (const one of spare) await flows.revokeApiKey(one.by(), { keyId: one.keyId }).catch(() => {});
  return {
    accountId,
    resourceId,
    codeId: code.id,
    clear,
    filingId,
    version: saved.filing.version,
    webhookId: webhook.id,
    webhookVersion: webhook.version,
    deliveryId: delivery.id,
    keyId: apiKey.id,
    fresh: rule.fresh('fresh'),
  };
}
