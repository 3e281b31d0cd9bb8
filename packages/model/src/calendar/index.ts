export {
  addDays,
  addMonths,
  type Day,
  dayOf,
  daysBetween,
  type Instant,
  isDay,
  lastDayOf,
  startOfDay,
  weekdayOf,
} from './day.ts';
export { type HolidayTable, holidayTableSchema } from './holiday-table.ts';
export { lastBegun } from './last-begun.ts';
export { addPeriod, isPeriod, knownPeriod, type Period, parsePeriod } from './period.ts';
export { addWorkingDays, type CountedDay, indexHolidays, isWorkingDay, type WorkingCalendar } from './working-days.ts';
