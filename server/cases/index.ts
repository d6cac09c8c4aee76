export { coverageOfTheLaw, type Coverage } from './coverage.ts';
export { decideCase } from './decide-case.ts';
export type { Decided } from './decide-block.ts';
export { decideLinesOnAllCores } from './decide-lines-on-all-cores.ts';
export { InvalidParametersFile, noLaterActs, readLaterActsFile, readParametersFile } from './read-parameters-file.ts';
export {
  findDayInEitherCalendar,
  findProvisions,
  parametersOn,
  type ParameterOnDay,
  type ProvisionText,
} from './read-law.ts';
export { schemas, shippedBook } from '@estehqaq/law';
