// Apart from the shapes, for workers: they say where results are sent, and take none.

/** Where the provider's verification service sends what came of a verification; docs/verification.md. */
export const verificationResultsPath = '/hooks/verification-results';
