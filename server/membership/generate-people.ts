import { dayOfIso, generatedIds, type GeneratedIds } from './generated-ids.ts';
import { hijriDate, isoDay, type Day } from '@estehqaq/law';
import type { CoverDocument, StandingDocument } from './facts-document.ts';
import { familyNames, femaleNames, maleNames } from './persian-names.ts';
import { SeededRandom } from './seeded-random.ts';

type Sex = 'male' | 'female';

interface MadeUpPerson {
  nationalId: string;
  sex: Sex;
  birthDate: string;
  diedOn?: string;
  firstName: string;
  lastName: string;
  mobile?: string;
  standings: StandingDocument[];
  otherCovers?: readonly CoverDocument[];
}

/** The day on which the made-up population is as it is, unless another one is asked for. */
export const usualDay = dayOfIso('2026-11-22');

/**
 * Made-up people as lines of NDJSON for `import people`, in households: principals with standings of every kind,
 * and their wives, husbands, children and parents, with and without evidence. The same arguments give the same lines.
 * About every second household is written with its dependants first.
 * @param asOf contributions, certificates and sightings are as somebody would find them on this day
 */
export function* generatePeople(count: number, seed: number, asOf: Day = usualDay): Generator<string> {
  const generator = new Households(seed, asOf);
  for (let left = count; left > 0;) {
    const household = generator.next().slice(0, left);
    left -= household.length;
    // One that is cut short at the end still has its principal, who comes first.
    if (generator.random.isOneIn(2)) household.reverse();
    for (const person of household) yield JSON.stringify(person);
  }
}

const daysInYear = 365;

class Households {
  readonly random: SeededRandom;
  readonly #ids: GeneratedIds;
  readonly #asOf: Day;
  readonly #monthNow: number;

  constructor(seed: number, asOf: Day) {
    this.random = new SeededRandom(seed);
    this.#ids = generatedIds(seed);
    this.#asOf = asOf;
    const { year, month } = hijriDate(asOf);
    this.#monthNow = year * 12 + month - 1;
  }

  next(): MadeUpPerson[] {
    const { random } = this;
    const age = random.from(22, 84);
    const familyName = random.pick(familyNames);
    const head = this.#person(random.isOneIn(5) ? 'female' : 'male', age, familyName);
    head.standings.push(...this.#ownStandings(age));
    if (random.isOneIn(60)) head.diedOn = this.#daysAgo(random.from(1, 400));
    const members = [head];
    if (head.standings.length === 0) return members;
    if (age > 24 && !random.isOneIn(4)) members.push(this.#spouse(head, age));
    const children = age < 26 ? 0 : random.from(0, 3);
    for (let index = 0; index < children; index += 1) members.push(this.#child(head, Math.min(34, age - 20)));
    if (random.isOneIn(12)) members.push(this.#parent(head, age));
    return members;
  }

  #person(sex: Sex, ageYears: number, lastName: string): MadeUpPerson {
    const { random } = this;
    const person: MadeUpPerson = {
      nationalId: random.isOneIn(100) ? this.#ids.foreign() : this.#ids.national(),
      sex,
      birthDate: this.#daysAgo(ageYears * daysInYear + random.from(0, daysInYear - 1)),
      firstName: random.pick(sex === 'male' ? maleNames : femaleNames),
      lastName,
      standings: [],
    };
    if (ageYears >= 18 && !random.isOneIn(4)) person.mobile = this.#ids.mobile();
    if (!random.isOneIn(20)) person.otherCovers = this.#otherCovers();
    return person;
  }

  #spouse(head: MadeUpPerson, headAge: number): MadeUpPerson {
    const { random } = this;
    const sex = head.sex === 'male' ? 'female' : 'male';
    const age = Math.max(18, headAge + random.from(-6, 4));
    const spouse = this.#person(sex, age, random.pick(familyNames));
    if (random.isOneIn(6)) spouse.standings.push(...this.#ownStandings(age));
    const maintained = random.isOneIn(5) ? {} : { maintained: !random.isOneIn(6) };
    const dependant = this.#dependant(head, sex === 'female' ? 'wife' : 'husband');
    spouse.standings.push(
      sex === 'female' ? dependant : { ...dependant, ...maintained, ...(random.isOneIn(8) && { disabled: true }) },
    );
    return spouse;
  }

  #child(head: MadeUpPerson, oldest: number): MadeUpPerson {
    const { random } = this;
    const age = random.from(0, Math.max(0, oldest));
    const sex = random.isOneIn(2) ? 'male' : 'female';
    const child = this.#person(sex, age, head.lastName);
    if (age < 18 && head.mobile !== undefined && random.isOneIn(5)) child.mobile = head.mobile;
    const relation = sex === 'male' ? 'son' : 'daughter';
    const ofSex = sex === 'male' ? this.#factsOfSon(age) : this.#factsOfDaughter(age);
    const disabled = random.isOneIn(40) ? { disabled: true } : {};
    const employed = age > 20 && random.isOneIn(6) ? { employed: true } : {};
    child.standings.push({ ...this.#dependant(head, relation), ...disabled, ...employed, ...ofSex });
    return child;
  }

  #factsOfSon(age: number): StandingDocument {
    return age > 17 && !this.random.isOneIn(3) ? { studyCertificateUntil: this.#daysAhead(-200, 500) } : {};
  }

  #factsOfDaughter(age: number): StandingDocument {
    const { random } = this;
    return {
      ...(age > 20 && random.isOneIn(4) && { married: true }),
      ...(age > 13 && !random.isOneIn(4) && { idSightedOn: this.#daysAgo(random.from(0, 450)) }),
    };
  }

  #parent(head: MadeUpPerson, headAge: number): MadeUpPerson {
    const { random } = this;
    const sex = random.isOneIn(3) ? 'male' : 'female';
    const parent = this.#person(sex, Math.min(104, headAge + random.from(18, 35)), head.lastName);
    parent.standings.push({
      ...this.#dependant(head, sex === 'male' ? 'father' : 'mother'),
      ...(!random.isOneIn(6) && { maintained: !random.isOneIn(8) }),
      ...(random.isOneIn(10) && { disabled: true }),
      ...(random.isOneIn(8) && { ownPension: true }),
    });
    return parent;
  }

  #dependant(head: MadeUpPerson, relation: string): StandingDocument {
    const ended = this.random.isOneIn(80) ? { endedOn: this.#daysAgo(this.random.from(1, 700)) } : {};
    return { class: 'dependant', relation, principalNationalId: head.nationalId, ...ended };
  }

  #ownStandings(age: number): StandingDocument[] {
    const { random } = this;
    if (random.isOneIn(40)) return [];
    if (age >= 60) return [this.#pension(random.isOneIn(4) ? 'survivor' : 'oldAge', 20)];
    const place = random.from(1, 100);
    if (place <= 70) return [this.#employment()];
    if (place <= 78) return [this.#contract('voluntary')];
    if (place <= 88) return [this.#contract('selfEmployed')];
    if (place <= 92) {
      return [{ class: 'insured', basis: 'unemploymentBenefit', until: this.#daysAhead(-60, 300) }];
    }
    if (place <= 95) return [this.#pension('disability', 15)];
    if (place <= 97) return [this.#pension('survivor', 10)];
    return [this.#employment(), this.#contract('voluntary')];
  }

  #employment(): StandingDocument {
    // Lists come in a month later; some have left their work months ago.
    const month = this.#monthNow - (this.random.isOneIn(10) ? this.random.from(2, 30) : 1);
    const lastContributionMonth = `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`;
    return { class: 'insured', basis: 'compulsory', lastContributionMonth };
  }

  #contract(basis: 'voluntary' | 'selfEmployed'): StandingDocument {
    const treatmentOption = !this.random.isOneIn(10);
    return { class: 'insured', basis, paidUntil: this.#daysAhead(-90, 365), treatmentOption };
  }

  #pension(pension: 'oldAge' | 'disability' | 'survivor', longestYears: number): StandingDocument {
    const { random } = this;
    const from = this.#daysAgo(random.from(1, longestYears * daysInYear));
    const until = random.isOneIn(15) ? { until: this.#daysAhead(-300, 700) } : {};
    return { class: 'pensioner', pension, from, ...until };
  }

  #otherCovers(): readonly CoverDocument[] {
    const { random } = this;
    if (!random.isOneIn(14)) return [];
    const from = this.#daysAgo(random.from(100, 2500));
    const until = random.isOneIn(3) ? { until: this.#daysAhead(-200, 400) } : {};
    if (random.isOneIn(4)) return [{ insurer: random.pick(['armedForces', 'other']), from, ...until }];
    return [{ insurer: 'ihio', fund: random.pick(['employees', 'otherStrata', 'universal', 'rural']), from, ...until }];
  }

  #daysAgo(days: number): string {
    return isoDay((this.#asOf - days) as Day);
  }

  #daysAhead(fewest: number, most: number): string {
    return this.#daysAgo(-this.random.from(fewest, most));
  }
}
