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

/** Shows at each field of the form what the server refused there. */
export function useFieldProblems<Values extends object>(
  error: unknown,
  form: FormInstance<Values> | undefined,
): FieldProblems {
  const { language } = useText();
  const found = useMemo(() => {
    const problem = problemParts(error);
    const names = new Set(form && error ? Object.keys(form.getFieldsValue()) : []);
    const isAtField = (place: ProblemParts['places'][number]) => names.has(fieldOfPlace(place.path));
    return {
      problem,
      own: problem.places.filter(isAtField),
      places: problem.places.filter((place) => !isAtField(place)),
    };
  }, [error, form]);
  const { own } = found;
  useEffect(() => {
    const texts = Map.groupBy(own, (place) => fieldOfPlace(place.path));
    // Every name is one of the form's own, as `getFieldsValue` listed them.
    const fields = [...texts].map(([name, places]) => ({
      name,
      errors: places.map((place) => place.text[language]),
    })) as unknown as Parameters<FormInstance<Values>['setFields']>[0];
    form?.setFields(fields);
    if (form && fields.length > 0) focusFirstProblem(form);
  }, [own, form, language]);
  return { problem: found.problem, atFields: own.length > 0, places: found.places };
}
