/** Where ids and random bytes come from. Injected, so that a test can replay them. */
export interface Ids {
  /** A new id with a prefix, e.g. `fil_01JD…`; sorts by creation. */
  next(
    prefix:
      | 'cal'
      | 'code'
      | 'key'
      | 'fil'
      | 'spd'
      | 'spv'
      | 'sup'
      | 'txt'
      | 'sub'
      | 'sbj'
      | 'srv'
      | 'acs'
      | 'auc'
      | 'aud'
      | 'out'
      | 'exc'
      | 'evt'
      | 'whk'
      | 'whd'
      | 'ntc'
      | 'sbh'
      | 'usr'
      | 'msg'
      | 'ses'
      | 'crd'
      | 'psk'
      | 'cst'
      | 'dem'
      | 'mov'
      | 'upl'
      | 'blo'
      | 'mat'
      | 'pap'
      | 'pkg'
      | 'dwn'
      | 'dif'
      | 'rec'
      | 'cas'
      | 'ver',
  ): string;
  /** `length` unguessable bytes. */
  randomBytes(length: number): Uint8Array;
}
