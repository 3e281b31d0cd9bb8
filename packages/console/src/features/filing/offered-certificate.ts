/**
 * The certificate that is filled in for a nature until another is chosen: the unified social credit code certificate where
 * the nature has it, which took the place of the organisation code certificate; otherwise the first. Empty: there is none.
 */
export function offeredCertificate(certificates: readonly { readonly value: string }[]): string {
  const unified = certificates.find(({ value }) => value === 'credit_code_certificate');
  return (unified ?? certificates[0])?.value ?? '';
}
