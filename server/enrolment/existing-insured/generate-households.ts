import { checkDigitOf } from '../../platform/index.ts';

/** Above those of generated people. */
const firstNine = 200_000_000;
const funds = ['universal', 'universal', 'universal', 'rural', 'otherStrata', 'employees'] as const;

/** Made-up insured households, one to five people each, as `import households` reads them; the same for the same seed. */
export function* generateHouseholds(count: number, seed: number): Generator<string> {
  let nine = firstNine;
  for (let index = 0; index < count; index += 1) {
    const size = 1 + ((index * 7 + seed) % 5);
    const person = (place: number) => {
      nine += 1;
      const id = `${nine}${checkDigitOf(nine)}`;
      const sex = (place + index) % 2 === 0 ? 'male' : 'female';
      const year = place < 2 ? 1960 + ((index + seed) % 35) : 2010 + place;
      return { nationalId: id, sex, birthDate: `${year}-0${1 + (index % 9)}-1${index % 9}` };
    };
    const mobile = index % 10 === 0 ? {} : { mobile: `0912${String(index % 10_000_000).padStart(7, '0')}` };
    const head = { ...person(0), ...mobile };
    const members = Array.from({ length: size - 1 }, (_, place) => ({
      ...person(place + 1),
      relation: place === 0 ? 'spouse' : 'child',
    }));
    const fund = funds[(index + seed) % funds.length];
    const supportiveBody = fund === 'otherStrata' && index % 4 === 0;
    const expiresOn = `2027-0${1 + (index % 9)}-15`;
    const line = { head, members, fund, supportiveBody, expiresOn, free: index % 2 === 0, lateEntrant: false };
    yield JSON.stringify(line);
  }
}
