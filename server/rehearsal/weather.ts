import { SeededRandom } from '../membership/index.ts';

/** How an outside system is on a day. `late`: what it is asked it does, and its answer is lost. */
export type Weather = 'well' | 'flaky' | 'late' | 'silent';

/** The weather of outside systems: by seed, system and day the same. Without faults it is always well. */
export class WeatherReport {
  readonly #seed: number;
  readonly #hasFaults: boolean;
  #day = 0;

  constructor(seed: number, hasFaults: boolean) {
    this.#seed = seed;
    this.#hasFaults = hasFaults;
  }

  set day(day: number) {
    this.#day = day;
  }

  of(system: number): Weather {
    if (!this.#hasFaults) return 'well';
    // Bad weather comes in spells of three days.
    const spell = Math.floor(this.#day / 3);
    const drawn = new SeededRandom(this.#seed * 7919 + system * 104_729 + spell).fraction();
    if (drawn < 0.7) return 'well';
    if (drawn < 0.86) return 'flaky';
    return drawn < 0.94 ? 'late' : 'silent';
  }
}

/** What becomes of one question in a weather. */
export function fateOf(weather: Weather, random: SeededRandom): 'answered' | 'lostBefore' | 'lostAfter' {
  switch (weather) {
    case 'well':
      return 'answered';
    case 'flaky':
      return random.isOneIn(3) ? (random.isOneIn(2) ? 'lostBefore' : 'lostAfter') : 'answered';
    case 'late':
      return random.isOneIn(2) ? 'lostAfter' : 'answered';
    case 'silent':
      return 'lostBefore';
  }
}
