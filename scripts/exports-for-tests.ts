/** Exports that only tests import, each with the reason why it stays in production code. */
export const exportsForTests: Readonly<Record<string, string>> = {
  'reason-set.ts exports bitsOf':
    'runs once at start-up, on the one list of reasons; tests show which lists it refuses',
};
