export { dayInTehran, systemClock, todayInTehran, type Clock } from './clock.ts';
export { findDigit, withLatinDigits } from './digits.ts';
export { Fault, faultCodes, meaningOf, type FaultCode } from './errors.ts';
export { highestId, Ids, lowestIdAt, routeOf, timeOfId } from './ids.ts';
export { KeptInMemory, type WatchOptions } from './kept-in-memory.ts';
export { openKeys, type Keys } from './keys.ts';
export { createLog, type Log, type LogLevel } from './log.ts';
export { Counter, createMetrics, Gauge, Histogram, type Registry } from './metrics.ts';
export { checkDigitOf, findNationalId, nationalIdText } from './national-id.ts';
