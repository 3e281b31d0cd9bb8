/** Where a form states a fact, or what it is about: `identity:` and `contact:` are the person's own parts of it. */
export type Place = `identity:${string}` | `contact:${string}` | `${'subject' | 'service' | 'materials'}.${string}`;
