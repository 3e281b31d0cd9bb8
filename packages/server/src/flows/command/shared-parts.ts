/*
 * Some parts of answers are the same in many of them and large, such as the fields of a form. A flow that gives the very same object
 * says so here, and it is looked through, held to the contract and written as JSON once, not for every answer.
 */
const shared = new WeakSet<object>();

/** From now on nothing changes it. Nobody's words are in it, and nothing that only some may see. */
export function share<Part extends object>(part: Part): Part {
  freeze(part);
  shared.add(part);
  return part;
}

export const isShared = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && shared.has(value);

function freeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
  Object.freeze(value);
  for (const one of Object.values(value)) freeze(one);
}
