import type {
  accountShape,
  checkResultShape,
  codeShape,
  decisionShape,
  fieldDefinitionShape,
  filingShape,
  findingShape,
  formShape,
  itemFieldShape,
  operations,
  reasonShape,
  resourceShape,
  routeShape,
  sessionShape,
} from '@openbeian/contract';

type Answered<Shape extends { readonly _zod: { readonly output: unknown } }> = Shape['_zod']['output'];

/** What the API answers with, as the screens use it. */
export type Account = Answered<typeof accountShape>;
export type CheckResult = Answered<typeof checkResultShape>;
export type Code = Answered<typeof codeShape>;
export type Decision = Answered<typeof decisionShape>;
export type FieldDefinition = Answered<typeof fieldDefinitionShape>;
export type ItemFieldDefinition = Answered<typeof itemFieldShape>;
export type Filing = Answered<typeof filingShape>;
export type Finding = Answered<typeof findingShape>;
export type FilingForm = Answered<typeof formShape>;
export type Reason = Answered<typeof reasonShape>;
export type Material = Answered<typeof operations.listMaterials.answer>['unneeded'][number];
export type NeededMaterial = Answered<typeof operations.listMaterials.answer>['needed'][number];
export type Resource = Answered<typeof resourceShape>;
export type Route = Answered<typeof routeShape>;
export type VerifiedPerson = Answered<typeof operations.getVerification.answer>['persons'][number];
export type Session = Answered<typeof sessionShape>;
