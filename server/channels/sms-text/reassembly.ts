import type { Concatenation } from './user-data-header.ts';

/** One part of a text that came in several. */
export interface Part<T> {
  readonly from: string;
  readonly to: string;
  readonly concatenation: Concatenation;
  readonly content: T;
  readonly octets: number;
}

export type Progress<T> =
  | { readonly kind: 'incomplete'; readonly key: string }
  /** All are there, in order. They are kept until `forget(key)`, so that a text that was not handled can be tried again. */
  | { readonly kind: 'whole'; readonly key: string; readonly contents: readonly T[] };

export interface ReassemblyLimits {
  readonly longestMs: number;
  readonly mostTexts: number;
  readonly mostTextsOfOneSender: number;
  readonly mostOctets: number;
}

interface Gathering<T> {
  readonly from: string;
  readonly beganAtMs: number;
  readonly parts: Map<number, { content: T; octets: number }>;
}

/** Counted besides its octets for each part, so that empty parts are not free. */
const octetsOfKeeping = 100;

/**
 * Puts texts together from parts that come in any order, twice, or never. Memory is bounded: beyond the limits the oldest
 * texts are given up, those of a sender with too many first.
 */
export class Reassembly<T> {
  readonly #limits: ReassemblyLimits;
  readonly #onDropped: (parts: number) => void;
  /** Oldest first. */
  readonly #gatherings = new Map<string, Gathering<T>>();
  readonly #textsOfSender = new Map<string, number>();
  #octets = 0;

  constructor(limits: ReassemblyLimits, onDropped: (parts: number) => void) {
    this.#limits = limits;
    this.#onDropped = onDropped;
  }

  get octets(): number {
    return this.#octets;
  }

  get texts(): number {
    return this.#gatherings.size;
  }

  /** The newest of two parts with the same number counts: senders use references again. */
  add({ from, to, concatenation, content, octets }: Part<T>, nowMs: number): Progress<T> {
    const { reference, form, total, number } = concatenation;
    this.#dropOld(nowMs);
    const key = JSON.stringify([from, to, form, reference, total]);
    const gathering = this.#gatherings.get(key) ?? this.#begin(key, from, nowMs);
    const before = gathering.parts.get(number);
    const kept = octets + octetsOfKeeping;
    gathering.parts.set(number, { content, octets: kept });
    this.#octets += kept - (before?.octets ?? 0);
    this.#makeRoom(key);
    if (gathering.parts.size < total) return { kind: 'incomplete', key };
    const inOrder = [...gathering.parts].toSorted(([one], [other]) => one - other);
    return { kind: 'whole', key, contents: inOrder.map(([, part]) => part.content) };
  }

  forget(key: string): void {
    const gathering = this.#gatherings.get(key);
    if (gathering === undefined) return;
    this.#gatherings.delete(key);
    for (const { octets } of gathering.parts.values()) this.#octets -= octets;
    const left = (this.#textsOfSender.get(gathering.from) ?? 1) - 1;
    if (left === 0) this.#textsOfSender.delete(gathering.from);
    else this.#textsOfSender.set(gathering.from, left);
  }

  #begin(key: string, from: string, nowMs: number): Gathering<T> {
    const gathering: Gathering<T> = { from, beganAtMs: nowMs, parts: new Map() };
    const texts = this.#textsOfSender.get(from) ?? 0;
    if (texts >= this.#limits.mostTextsOfOneSender) this.#drop(this.#oldestOf(from));
    this.#gatherings.set(key, gathering);
    this.#textsOfSender.set(from, (this.#textsOfSender.get(from) ?? 0) + 1);
    return gathering;
  }

  #oldestOf(from: string): string | undefined {
    for (const [key, gathering] of this.#gatherings) if (gathering.from === from) return key;
    return undefined;
  }

  #dropOld(nowMs: number): void {
    for (const [key, { beganAtMs }] of this.#gatherings) {
      if (nowMs - beganAtMs < this.#limits.longestMs) return;
      this.#drop(key);
    }
  }

  #makeRoom(newest: string): void {
    for (const key of this.#gatherings.keys()) {
      if (this.#gatherings.size <= this.#limits.mostTexts && this.#octets <= this.#limits.mostOctets) return;
      if (key !== newest) this.#drop(key);
    }
  }

  #drop(key: string | undefined): void {
    if (key === undefined) return;
    const parts = this.#gatherings.get(key)?.parts.size ?? 0;
    this.forget(key);
    this.#onDropped(parts);
  }
}
