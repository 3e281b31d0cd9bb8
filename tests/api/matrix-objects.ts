import type { RuleWorld } from '../../packages/server/src/main/testing/rule-world.ts';

export type Objects = Awaited<ReturnType<typeof objectsOf>>;

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
  // Fifty are an account's limit.
  if (!keepsKey) await flows.revokeApiKey(by(), { keyId: apiKey.id });
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
