import type { SeedFile } from '../seed-cases.ts';

/** The resource that a case is about, as the inventory (contract §1) writes it. */
export function resourceOf(file: SeedFile, { like, set }: { like: string; set: Record<string, unknown> }): object {
  const base = file.resources[like];
  if (base === undefined) throw new Error(`seed ${file.seed} has no resource called ${like}`);
  const changed = Object.entries({ ...base, ...set }).filter(([, value]) => value !== null);
  return Object.fromEntries(changed);
}

/** What a route case adds to: a first filing at tencent/cvm. */
export function routeCaseOf(change: Record<string, unknown>): object {
  return {
    domain: 'example.cn',
    purpose: 'web',
    hosting: { provider: 'tencent', product: 'cvm', region: 'ap-guangzhou', hostname: 'custom' },
    subject: { filed: false, here: false },
    record: { exists: false, here: false, sameAccount: false },
    intent: 'open',
    ...change,
  };
}
