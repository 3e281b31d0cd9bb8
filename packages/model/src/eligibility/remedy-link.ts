import type { RemedyAction } from './reason.ts';

/** Remedies that are done where the resource was bought: the provider's own console has a page for each. */
export const linkedRemedies = [
  'renew',
  'convert_to_prepaid',
  'buy_public_ip',
  'buy_bandwidth',
  'use_instance_ip',
  'buy_package',
  'change_account_real_name',
  'contact_support',
] as const satisfies readonly RemedyAction[];
export type LinkedRemedy = (typeof linkedRemedies)[number];

/** What a link may name of the resource that it is about, as `{resourceId}`. */
export const linkPlaceholders = ['resourceId', 'product', 'accountId'] as const;
export type LinkValues = Readonly<Record<(typeof linkPlaceholders)[number], string>>;

const placeholder = /\{([^{}]*)\}/g;
const isPlaceholder = (name: string): name is keyof LinkValues => linkPlaceholders.some((known) => known === name);

/** Is it an https URL, with known placeholders, none of which says where it leads to? */
export function isLinkTemplate(template: string): boolean {
  if (![...template.matchAll(placeholder)].every(([, name = '']) => isPlaceholder(name))) return false;
  const [one, other] = ['a', 'b'].map((value) => template.replace(placeholder, value));
  if (one === undefined || other === undefined || /[{}\s]/.test(one) || !URL.canParse(one)) return false;
  const { protocol, origin, username } = new URL(one);
  return protocol === 'https:' && username === '' && URL.canParse(other) && new URL(other).origin === origin;
}

/** The link for one resource; what it names is percent-encoded. */
export function linkOf(template: string, values: LinkValues): string {
  return template.replace(placeholder, (whole, name: string) =>
    isPlaceholder(name) ? encodeURIComponent(values[name]) : whole,
  );
}
