export { coverageOfTheLaw, type Coverage } from './coverage.ts';
export { decideLines, type Decided } from './decide-lines.ts';
export { InvalidParametersFile, readParametersFile } from './read-parameters-file.ts';
export {
  findDayInEitherCalendar,
  findProvisions,
  parametersOn,
  type ParameterOnDay,
  type ProvisionText,
} from './read-law.ts';
export { schemas, shippedBook } from '@estehqaq/law';
