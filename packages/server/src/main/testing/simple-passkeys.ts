import type { Passkeys } from '../../ports/index.ts';

/**
 * WebAuthn without cryptography: an answer is `{ id, challenge, counter }`, and a counter of null is one that does not
 * verify. The real ceremonies have tests of their own, in a browser.
 */
export const simplePasskeys: Passkeys = {
  creationOptions: async ({ challenge }) => ({ challenge }),
  requestOptions: async (challenge) => ({ challenge }),
  challengeOf: ({ challenge }) => (typeof challenge === 'string' ? challenge : null),
  verifyCreation: async ({ id, counter }) =>
    typeof id === 'string' && typeof counter === 'number'
      ? { credentialId: id, publicKey: 'key', counter, transports: [] }
      : null,
  verifyUse: async ({ counter }) => (typeof counter === 'number' ? counter : null),
};
