const durationPattern =
  /^P(?=\d|T\d)(?:(\d{1,4})D)?(?:T(?=\d)(?:(\d{1,5})H)?(?:(\d{1,6})M)?(?:(\d{1,7}(?:\.\d{1,3})?)S)?)?$/;

/**
 * Milliseconds of an ISO 8601 span of days, hours, minutes and seconds, e.g. 'PT10S', 'PT24H', 'P3DT12H'.
 * Months and years have no fixed length and are refused. Throws RangeError for anything else.
 */
export function durationMs(text: string): number {
  const match = durationPattern.exec(text);
  if (!match) {
    throw new RangeError(`not a span of days, hours, minutes, seconds (ISO 8601, e.g. PT10S): ${JSON.stringify(text)}`);
  }
  const [days, hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
  ];
  return Math.round((((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000);
}
