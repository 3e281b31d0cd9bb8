/** The input is bad: the message names the file, the place in it, and what was expected. The CLI exits 1. */
export class InputError extends Error {
  override name = 'InputError';
}
