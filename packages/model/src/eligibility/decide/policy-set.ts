import type { Day } from '@openbeian/model/calendar';
import { Fault, invalidInput, parseSafely } from '@openbeian/model/fault';
import { type AccountRules, type PolicyFile, policyFileSchema } from '../policy/policy-schema.ts';
import type { Bilingual } from '../reason.ts';
import { type CompiledVersion, compileVersion } from './day-rules.ts';

/** Whether a region is in the mainland. Null: not listed. */
export type RegionPlace = 'mainland' | 'outside';

/** A product's rules as they were on one day, ready to decide with. */
export interface Policy {
  /** `provider/product` (contract §7). */
  readonly id: string;
  readonly provider: string;
  readonly product: string;
  readonly name: Bilingual;
  readonly regions: ReadonlyMap<string, RegionPlace>;
  readonly regionSource: string;
  readonly version: CompiledVersion;
}

export interface ProviderPolicies {
  readonly provider: string;
  readonly name: Bilingual;
  readonly fictional: boolean;
  readonly ownerSource: string | null;
  readonly regionSource: string;
  readonly regions: ReadonlyMap<string, RegionPlace>;
  /** Null: no source says anything about accounts. */
  readonly accounts: AccountRules | null;
  /** Every version of every product, in order of time. */
  readonly products: ReadonlyMap<string, readonly Policy[]>;
}

/** All policies that are known, by provider. */
export type PolicySet = ReadonlyMap<string, ProviderPolicies>;

/** Region names that mean the same at every provider (contract §1). */
export const commonRegions: ReadonlyMap<string, RegionPlace> = new Map([
  ['cn-mainland', 'mainland'],
  ['hk', 'outside'],
  ['overseas', 'outside'],
]);

/**
 * Reads one policy file from its parsed document, without any I/O.
 * @throws Fault `input.invalid` with every wrong place.
 */
export function parsePolicyFile(document: unknown): PolicyFile {
  const parsed = parseSafely(policyFileSchema, document);
  if (!parsed.success) throw invalidInput(parsed.error);
  return parsed.data;
}

/**
 * Makes policy files ready for deciding.
 * @throws Fault `input.invalid` when two files are of one provider.
 */
export function policySet(files: readonly PolicyFile[]): PolicySet {
  const providers = new Map<string, ProviderPolicies>();
  for (const file of files) {
    if (providers.has(file.provider)) {
      throw new Fault('input.invalid', {
        places: [
          {
            path: 'provider',
            expected: `one file per provider; ${file.provider} has two`,
            expectedZh: `每个接入商只应有一个文件，${file.provider} 有两个`,
          },
        ],
      });
    }
    providers.set(file.provider, compileFile(file));
  }
  return providers;
}

/** The policy of a product on a day; null when the provider, the product or the rule of that day is not known. */
export function findPolicy(policies: PolicySet, provider: string, product: string, at: Day): Policy | null {
  const versions = policies.get(provider)?.products.get(product);
  return (
    versions?.find(
      ({ version }) =>
        (version.validFrom === null || version.validFrom <= at) && (version.validTo === null || at <= version.validTo),
    ) ?? null
  );
}

/**
 * The rules as they are on `day`, for any other day: what that day's rules say of a fleet as it is now. A product without a rule of
 * that day has none at all.
 */
export function rulesOfDay(policies: PolicySet, day: Day): PolicySet {
  return new Map(
    [...policies].map(([id, provider]) => [
      id,
      {
        ...provider,
        products: new Map(
          [...provider.products.keys()].map((product) => {
            const policy = findPolicy(policies, id, product, day);
            return [product, policy === null ? [] : [{ ...policy, version: alwaysInForce(policy.version) }]];
          }),
        ),
      },
    ]),
  );
}

const alwaysInForce = (version: CompiledVersion): CompiledVersion => ({ ...version, validFrom: null, validTo: null });

/** Whether a provider's region is in the mainland; null when it is not listed. An unknown provider has only the common names. */
function placeOfRegion(policies: PolicySet, provider: string, region: string): RegionPlace | null {
  return (policies.get(provider)?.regions ?? commonRegions).get(region) ?? null;
}

/** What the policies say of where a service runs, as `routeFiling` asks it. */
export interface HostingRules {
  readonly placeOf: (provider: string, region: string) => RegionPlace | null;
  /** Label of the source by which any valid number will do for a domain that the product serves; null: none says so. */
  readonly anyNumberSource: (provider: string, product: string) => string | null;
}

/** The rules of each product that are in force now, or came last. */
export function hostingRules(policies: PolicySet): HostingRules {
  return {
    placeOf: (provider, region) => placeOfRegion(policies, provider, region),
    anyNumberSource: (provider, product) =>
      policies.get(provider)?.products.get(product)?.at(-1)?.version.anyNumberSuffices?.source ?? null,
  };
}

function compileFile(file: PolicyFile): ProviderPolicies {
  const regions = new Map<string, RegionPlace>(commonRegions);
  for (const region of file.regions.mainland) regions.set(region, 'mainland');
  for (const region of file.regions.outside) regions.set(region, 'outside');
  const products = new Map<string, readonly Policy[]>();
  for (const { product, name, versions } of file.products) {
    const id = `${file.provider}/${product}`;
    products.set(
      product,
      versions.map((version) => ({
        id,
        provider: file.provider,
        product,
        name,
        regions,
        regionSource: file.regions.source,
        version: compileVersion(version),
      })),
    );
  }
  return {
    provider: file.provider,
    name: file.name,
    fictional: file.fictional ?? false,
    ownerSource: file.ownerSource ?? null,
    regionSource: file.regions.source,
    regions,
    accounts: file.accounts ?? null,
    products,
  };
}
