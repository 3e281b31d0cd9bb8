/** The id of a field's or section's place on the page; findings link to it. */
export function fieldId(path: string): string {
  return `field-${path.replaceAll('.', '-')}`;
}
