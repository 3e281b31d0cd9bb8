/** What can be asked of services outside that speak a public protocol. */
export const lookUpNames = ['registration', 'dns', 'home_page'] as const;
export type LookUpName = (typeof lookUpNames)[number];
