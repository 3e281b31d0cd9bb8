/** Numbers that one plot shows and the table below it repeats. */
export interface PlotData {
  /** Columns over days, bars beside names, or lines over days. Columns and bars are stacked. */
  readonly kind: 'columns' | 'bars' | 'lines';
  readonly categories: readonly string[];
  /** As many values as categories; null where there is nothing to say. */
  readonly series: readonly { readonly name: string; readonly values: readonly (number | null)[] }[];
  /** What the numbers are, where they are not counts. */
  readonly unit?: string;
}

/** So many bars are told apart at a glance; the table has all of them. */
export const mostBars = 12;

/** Series without any number are left out, and bars beyond the first. */
export function shownOf(data: PlotData): PlotData {
  const most = data.kind === 'bars' ? mostBars : data.categories.length;
  return {
    ...data,
    categories: data.categories.slice(0, most),
    series: data.series
      .map(({ name, values }) => ({ name, values: values.slice(0, most) }))
      .filter(({ values }) => values.some((value) => value !== null && value !== 0)),
  };
}
