const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text as it is written between the tags of HTML and XML, or in a quoted attribute. */
export const escapedMarkup = (text: string): string => text.replaceAll(/[&<>"]/g, (one) => entities[one] ?? one);
