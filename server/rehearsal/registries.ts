import { isoDay, type Day } from '@estehqaq/law';
import type { SeededRandom } from '../membership/index.ts';
import { dayInTehran, type Clock } from '../platform/index.ts';
import type {
  CivilRegistry,
  CoverAnswer,
  Family,
  Ministry,
  MinistryResult,
  OtherInsurers,
} from '../registries/index.ts';
import { fateOf, type WeatherReport } from './weather.ts';

/** What the civil registry, the other insurers and the ministry know of the made-up people. */
export class Outside {
  readonly families = new Map<string, Family>();
  readonly covers = new Map<string, readonly CoverAnswer[]>();
  readonly means = new Map<string, Means>();
}

/** Of a household, by the national id of its head. */
export interface Means {
  readonly decile: number;
  /** Of the whole household, rial a month. */
  readonly incomeMonthly: number;
  readonly form: 'decile' | 'income' | 'both';
  /** Days until the ministry has determined it; `null`: it never does. */
  readonly takesDays: number | null;
}

interface Parts {
  readonly outside: Outside;
  readonly clock: Clock;
  readonly weather: WeatherReport;
  readonly random: SeededRandom;
}

export function civilRegistryOf({ outside, weather, random }: Parts): CivilRegistry {
  return {
    familyOf: (id) =>
      Promise.resolve(
        fateOf(weather.of(2), random) === 'answered' ? (outside.families.get(id) ?? 'notFound') : 'unavailable',
      ),
  };
}

export function otherInsurersOf({ outside, weather, random }: Parts): OtherInsurers {
  return {
    coversOf: (id) =>
      Promise.resolve(fateOf(weather.of(3), random) === 'answered' ? (outside.covers.get(id) ?? []) : 'unavailable'),
  };
}

/** The ministry: takes an inquiry once, however often it is sent, and has its result some days after. */
export class RehearsalMinistry implements Ministry {
  readonly #parts: Parts;
  readonly #asked = new Map<string, { readonly head: string; readonly on: Day }>();
  /** How often an inquiry came that it had already. */
  repeated = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  readonly ask: Ministry['ask'] = (inquiries) => {
    const { weather, random, clock } = this.#parts;
    const fate = fateOf(weather.of(4), random);
    if (fate === 'lostBefore') return Promise.resolve('unavailable');
    for (const { reference, head } of inquiries) {
      if (this.#asked.has(reference)) this.repeated += 1;
      else this.#asked.set(reference, { head, on: dayInTehran(clock.now()) });
    }
    if (fate === 'lostAfter') return Promise.resolve('unavailable');
    return Promise.resolve(inquiries.map(({ reference }) => ({ reference, accepted: true, refusal: null })));
  };

  readonly resultsOf: Ministry['resultsOf'] = (references) => {
    const { weather, random } = this.#parts;
    if (fateOf(weather.of(4), random) !== 'answered') return Promise.resolve('unavailable');
    return Promise.resolve(references.flatMap((reference) => this.#resultOf(reference) ?? []));
  };

  #resultOf(reference: string): MinistryResult | undefined {
    const asked = this.#asked.get(reference);
    const means = asked === undefined ? undefined : this.#parts.outside.means.get(asked.head);
    if (asked === undefined || means?.takesDays === null || means === undefined) return undefined;
    const readyOn = (asked.on + means.takesDays) as Day;
    if (readyOn > dayInTehran(this.#parts.clock.now())) return undefined;
    return { reference, determinedOn: isoDay(readyOn), ...saidOf(means), corrects: false };
  }
}

/** In one of the three forms in which the ministry answers. */
export function saidOf({
  decile,
  incomeMonthly,
  form,
}: Omit<Means, 'takesDays'>): Pick<MinistryResult, 'decile' | 'incomeMonthly'> {
  return {
    decile: form === 'income' ? null : decile,
    incomeMonthly: form === 'decile' ? null : BigInt(incomeMonthly),
  };
}
