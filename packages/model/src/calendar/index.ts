export { addDays, addMonths, type Day, dayOf, daysBetween, type Instant, isDay, startOfDay, weekdayOf } from './day.ts';
export { addPeriod, isPeriod, type Period, parsePeriod } from './period.ts';
