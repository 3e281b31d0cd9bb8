/** A policy file for the tests of this room: the usual server rules at a provider that does not exist. */
export const testPolicy = {
  provider: 'testcloud',
  name: { zh: '测试云', en: 'Test Cloud' },
  fictional: true,
  regions: { source: 'test-rules', mainland: ['tc-1'], outside: ['tc-hk'] },
  products: [
    {
      product: 'server',
      name: { zh: '云服务器', en: 'Server' },
      versions: [
        {
          validFrom: null,
          validTo: null,
          evidence: 'stated',
          source: ['test-rules'],
          conditions: [
            { rule: 'billing', allowed: ['prepaid'] },
            { rule: 'boughtTerm', atLeast: 'P90D' },
            { rule: 'remainingTerm', atLeast: 'P30D' },
            { rule: 'notExpired' },
            { rule: 'publicIp' },
            { rule: 'ownIp', for: ['issue'] },
            { rule: 'issuer', for: ['issue'], realName: ['enterprise'] },
          ],
          file: { mode: 'fileable', ways: ['pick', 'code'] },
          issue: { mode: 'codes' },
          quotas: [
            { of: ['file'], scope: 'instance', limit: 5 },
            { of: ['issue'], scope: 'instance', limit: 5 },
          ],
          codes: {
            term: { zh: '备案授权码', en: 'filing code' },
            format: null,
            revivesOnRenewal: true,
            reusableAfterAbandon: true,
            reusableAfterSuccess: false,
            returnedOnRevoke: null,
            grant: 'named',
            source: 'test-rules',
          },
        },
      ],
    },
  ],
};
