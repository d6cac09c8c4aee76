import type { Pool } from 'pg';
import { KeptInMemory, type WatchOptions } from '../platform/index.ts';
import { linkReference, readLinkSwitches, type LinkName, type LinkSwitch } from './link-switch-store.ts';

export type LinksOn = Readonly<Record<LinkName, boolean>>;

/** All switches of the links, in memory: one is known in every process within a second. */
export class LinkSwitches {
  readonly #kept: KeptInMemory<readonly LinkSwitch[]>;

  private constructor(kept: KeptInMemory<readonly LinkSwitch[]>) {
    this.#kept = kept;
  }

  static async start(pool: Pool, options: WatchOptions = {}): Promise<LinkSwitches> {
    return new LinkSwitches(await KeptInMemory.start(pool, linkReference, readLinkSwitches, options));
  }

  /**
   * Which links are in force on a day, as it was known at a moment; both are off before the first switch.
   * @param day ISO
   */
  on(day: string, knownAt?: Date): LinksOn {
    return { msrt: this.#isOn('msrt', day, knownAt), sabtAsnad: this.#isOn('sabtAsnad', day, knownAt) };
  }

  refresh(): Promise<void> {
    return this.#kept.refresh();
  }

  stop(): Promise<void> {
    return this.#kept.stop();
  }

  /** A switch holds until it is replaced by one from a later day; for the same day the one recorded last holds. */
  #isOn(link: LinkName, day: string, knownAt: Date | undefined): boolean {
    const inForce = this.#kept.state.findLast(
      (each) => each.link === link && each.fromDay <= day && (knownAt === undefined || each.recordedAt <= knownAt),
    );
    return inForce?.isOn === true;
  }
}
