export {
  type BothSides,
  compareRecord,
  type DeliveredRecord,
  type Difference,
  nameToAsk,
  type OurRecord,
  type StatusAnswer,
  saysEnough,
  unjudgedKinds,
} from './compare-record.ts';
export {
  type DifferenceKind,
  type DifferenceState,
  differenceKinds,
  differenceStates,
  differenceTexts,
  type Repair,
  repairs,
  repairsOf,
  repairTexts,
} from './words.ts';
