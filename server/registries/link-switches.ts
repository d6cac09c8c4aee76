import type { Pool } from 'pg';
import { readLinkSwitches, readLinkVersion, type LinkName, type LinkSwitch } from './link-switch-store.ts';

export type LinksOn = Readonly<Record<LinkName, boolean>>;

/** All switches of the links, in memory, read again within `pollMs` of a change in any process. */
export class LinkSwitches {
  readonly #pool: Pool;
  readonly #pollMs: number;
  #switches: readonly LinkSwitch[] = [];
  #version = -1n;
  #timer: NodeJS.Timeout | undefined;
  #underWay: Promise<void> = Promise.resolve();
  #isStopped = false;

  private constructor(pool: Pool, pollMs: number) {
    this.#pool = pool;
    this.#pollMs = pollMs;
  }

  static async start(pool: Pool, { pollMs = 300 }: { readonly pollMs?: number } = {}): Promise<LinkSwitches> {
    const switches = new LinkSwitches(pool, pollMs);
    await switches.refresh();
    switches.#wait();
    return switches;
  }

  /**
   * Which links are in force on a day, as it was known at a moment; both are off before the first switch.
   * @param day ISO
   */
  on(day: string, knownAt?: Date): LinksOn {
    return { msrt: this.#isOn('msrt', day, knownAt), sabtAsnad: this.#isOn('sabtAsnad', day, knownAt) };
  }

  async refresh(): Promise<void> {
    const version = await readLinkVersion(this.#pool);
    if (version === this.#version) return;
    this.#switches = await readLinkSwitches(this.#pool);
    this.#version = version;
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    await this.#underWay;
  }

  /** A switch holds until it is replaced by one from a later day; for the same day the one recorded last holds. */
  #isOn(link: LinkName, day: string, knownAt: Date | undefined): boolean {
    const inForce = this.#switches.findLast(
      (each) => each.link === link && each.fromDay <= day && (knownAt === undefined || each.recordedAt <= knownAt),
    );
    return inForce?.isOn === true;
  }

  #wait(): void {
    if (this.#isStopped) return;
    this.#timer = setTimeout(() => {
      this.#underWay = this.refresh()
        // A database that does not answer is seen by whoever asks it something; meanwhile the last state holds.
        .catch(() => undefined)
        .then(() => {
          this.#wait();
        });
    }, this.#pollMs);
    this.#timer.unref();
  }
}
