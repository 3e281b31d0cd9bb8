// tr46 ships no types. Only what is used here, as its README of version 7 states it.
declare module 'tr46' {
  interface Options {
    readonly checkBidi?: boolean;
    readonly checkHyphens?: boolean;
    readonly checkJoiners?: boolean;
    readonly useSTD3ASCIIRules?: boolean;
    readonly verifyDNSLength?: boolean;
  }
  const tr46: {
    toASCII(domainName: string, options?: Options): string | null;
    toUnicode(domainName: string, options?: Options): { domain: string; error: boolean };
  };
  export default tr46;
}
