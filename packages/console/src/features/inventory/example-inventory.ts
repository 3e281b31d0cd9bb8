/** A small inventory to start from; fictional. */
export const exampleInventory = `accounts:
  - { id: acct-example, realName: enterprise }
resources:
  - id: ins-example-1
    provider: tencent
    product: cvm
    account: acct-example
    region: ap-guangzhou
    billing: prepaid
    boughtAt: 2026-06-01
    expiresAt: 2027-05-31
    publicIps: [{ address: 203.0.113.7, kind: instance }]
    bandwidthMbps: 5
`;
