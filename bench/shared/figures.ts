/** The middle one of the values; of an even number the higher of the two. */
export function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[values.length >> 1] ?? 0;
}

/** A number for people, without decimals. */
export function whole(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}
