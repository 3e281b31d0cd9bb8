/**
 * Registrable names below which the public suffix list has further suffixes: shop.hedmark.no belongs to hedmark.no, but
 * os.hedmark.no is a suffix again. Whether a host follows such a name only the list itself can say. A test holds this to
 * the list of tldts, so that an update of it cannot slip by.
 */
export const splitNames: ReadonlySet<string> = new Set([
  'akershus.no',
  'buskerud.no',
  'hedmark.no',
  'hordaland.no',
  'more-og-romsdal.no',
  'nordland.no',
  'ostfold.no',
  'telemark.no',
  'vestfold.no',
  'xn--mre-og-romsdal-qqb.no',
  'xn--stfold-9xa.no',
]);
