/**
 * Everything that is sealed, and where. Rotation of keys walks this list, and tests compare it with the schema and with
 * the contents of a database, so that nothing sealed is left behind under a key that is about to be removed.
 */
export const sealedThings = {
  codes: ['filing_code.sealed'],
  /** Values of personal fields, each an object `{ sealed }`. */
  filings: ['filing.form'],
  subjects: ['subject_record.sealed_name'],
  webhooks: ['webhook.sealed_secret', 'webhook.previous_sealed_secret'],
  addresses: ['account_mail.sealed'],
  /** Messages of the authority that cannot be read. */
  messages: ['work_failure.sealed_payload'],
  /** Digests of the chain over the audit: sealed so that nobody else can make one. */
  seals: ['audit_seal.sealed_digest'],
  /** Where people get their links. */
  people: ['auth_user.sealed_mail'],
  totp: ['person_totp.sealed_secret'],
  /** What accounts say in contests. */
  contests: ['contest.sealed_statement'],
  /** Digests of what was cleared from the audit. */
  clearings: ['audit_clearing.sealed_digest'],
  /** What people write in their own words: reasons, comments. */
  texts: ['said_text.sealed_text'],
  /** Keys of the pictures that were uploaded, with their digests: the pictures themselves are sealed under these. */
  blobs: ['material_blob.sealed_key'],
  /** The same of uploads that are under way. */
  uploads: ['material_upload.sealed_key'],
  /** Keys of what was exchanged with authorities over interface V3.0: packages, files, messages, what waits for an operator. */
  papers: ['authority_paper.sealed_key'],
} as const satisfies Readonly<Record<string, readonly `${string}.${string}`[]>>;

export type SealedKind = keyof typeof sealedThings;

/** In the order in which they are brought under newer keys. */
export const sealedKinds = Object.keys(sealedThings) as readonly SealedKind[];

/**
 * Columns of keyed hashes that outlive a day, which are made again as well. Requests' hashes are compared for a day only,
 * and API keys' when the key is next used; verifications count for days, and one whose key is gone is done again.
 */
export const hashedColumns = [
  'filing_code.lookup_hash',
  'filing.subject_hash',
  'subject_record.subject_hash',
  'subject_holder.subject_hash',
  'api_key.secret_hash',
  'api_key.earlier_hash',
  'idempotency.request_hash',
  'material_blob.content_hash',
  'verification.person_hash',
] as const;
