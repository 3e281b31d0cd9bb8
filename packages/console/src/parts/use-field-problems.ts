import type { FormInstance } from 'antd';
import { useEffect, useMemo } from 'react';
import { type ProblemParts, problemParts } from '../api/problem-parts.ts';
import { useText } from '../language/language.tsx';
import { focusFirstProblem } from './are-valid.ts';

interface FieldProblems {
  readonly problem: ProblemParts;
  /** At least one place is shown at its field. */
  readonly atFields: boolean;
  /** The places that no field of the form is for. */
  readonly places: ProblemParts['places'];
}

/** The field that a place of the request's body is for: `body.url` is the field `url`. */
export function fieldOfPlace(path: string): string {
  return path.replace(/^body\./, '');
}

type NamePath = readonly (string | number)[];

/**
 * The name of the form’s field that a place is for: `result.reasons[0].text` is a field within others. Dialogs ask for the parts of an
 * `act` as fields of their own. Null: the form has none.
 */
function nameOfPlace(path: string, known: ReadonlySet<string>): NamePath | null {
  const parts = fieldOfPlace(path).match(/[^.[\]]+/g) ?? [];
  const whole = parts.map((part) => (/^\d+$/.test(part) ? Number(part) : part));
  const [first, ...within] = whole;
  const names = first === 'act' && within.length > 0 ? [whole, within] : [whole];
  return names.find((name) => known.has(JSON.stringify(name))) ?? null;
}

/** Shows at each field of the form what the server refused there. */
export function useFieldProblems<Values extends object>(
  error: unknown,
  form: FormInstance<Values> | undefined,
): FieldProblems {
  const { language } = useText();
  const found = useMemo(() => {
    const problem = problemParts(error);
    // Every field that is there, whether something is wrong with it or not.
    const fields = form && error ? form.getFieldsError() : [];
    const known = new Set(fields.map(({ name }) => JSON.stringify(name)));
    const named = problem.places.map((place) => ({ place, name: nameOfPlace(place.path, known) }));
    return {
      problem,
      own: named.flatMap(({ place, name }) => (name === null ? [] : [{ place, name }])),
      places: named.flatMap(({ place, name }) => (name === null ? [place] : [])),
    };
  }, [error, form]);
  const { own } = found;
  useEffect(() => {
    const texts = Map.groupBy(own, ({ name }) => JSON.stringify(name));
    // Every name is one of the form's own, as `getFieldsError` listed them.
    const fields = [...texts.values()].map((together) => ({
      name: together[0]?.name,
      errors: together.map(({ place }) => place.text[language]),
    })) as unknown as Parameters<FormInstance<Values>['setFields']>[0];
    form?.setFields(fields);
    if (form && fields.length > 0) focusFirstProblem(form);
  }, [own, form, language]);
  return { problem: found.problem, atFields: own.length > 0, places: found.places };
}
