import { z } from 'zod';

/**
 * As `shape.safeParse`, for JSON of somebody else's: that throws where it compares the `length` of an object such as
 * `{"length": {"toString": 1}}`, which nothing can be compared with. Whoever sends it would otherwise stop what reads it, e.g.
 * a whole batch of messages. Here the members that make it so are refused, with their places.
 */
export function parseSafely<Shape extends z.ZodType>(
  shape: Shape,
  value: unknown,
): z.ZodSafeParseResult<z.output<Shape>> {
  try {
    return shape.safeParse(value);
  } catch (error) {
    const issues = membersThatThrow(value);
    // Then it is a mistake of the shape's own.
    if (issues.length === 0) throw error;
    // The type says of which shape the error is; at run time there is one kind.
    return { success: false, error: new z.ZodError(issues) as unknown as z.ZodError<z.output<Shape>> };
  }
}

interface Visit {
  readonly value: unknown;
  readonly path: readonly (string | number)[];
}

/** In JSON a member `toString` is no function, and comparing its object calls it. */
function membersThatThrow(root: unknown): z.core.$ZodIssueUnrecognizedKeys[] {
  const issues: z.core.$ZodIssueUnrecognizedKeys[] = [];
  const open: Visit[] = [{ value: root, path: [] }];
  for (let visit = open.pop(); visit !== undefined; visit = open.pop()) {
    const { value, path } = visit;
    if (typeof value !== 'object' || value === null) continue;
    if (Object.hasOwn(value, 'toString')) {
      issues.push({ code: 'unrecognized_keys', keys: ['toString'], path: [...path], message: '', input: {} });
    }
    const isList = Array.isArray(value);
    for (const [key, inside] of Object.entries(value)) {
      if (typeof inside === 'object') open.push({ value: inside, path: [...path, isList ? Number(key) : key] });
    }
  }
  return issues;
}
