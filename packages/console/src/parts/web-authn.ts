/** Passkeys by the browser's own JSON of WebAuthn. */
const knowsPasskeys = (): boolean =>
  typeof PublicKeyCredential === 'function' && 'parseRequestOptionsFromJSON' in PublicKeyCredential;

/** Passkeys belong to a host name: at a bare address, such as 127.0.0.1, no browser makes or uses one. */
export const isAtAddress = (hostname = window.location.hostname): boolean => /^[\d.]+$|:/.test(hostname);

export const hasPasskeys = (): boolean => knowsPasskeys() && !isAtAddress();

type Json = Record<string, unknown>;

function jsonOf(credential: Credential | null): Json {
  if (credential instanceof PublicKeyCredential) return { ...credential.toJSON() };
  throw new Error('the browser gave no passkey');
}

/** Has the device make a passkey. @throws DOMException when the person breaks off */
export async function makePasskey(options: Json): Promise<Json> {
  // The server made these options in the shape that browsers read.
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options as never);
  return jsonOf(await navigator.credentials.create({ publicKey }));
}

/** Has the device use a passkey. @throws DOMException when the person breaks off */
export async function askForPasskey(options: Json): Promise<Json> {
  // As above.
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options as never);
  return jsonOf(await navigator.credentials.get({ publicKey }));
}
