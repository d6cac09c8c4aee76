import type { Actor } from './actor.ts';
import { drawCaseNumber } from './case-number.ts';
import type { ObjectionsParts } from './desk.ts';
import { listOfPerson, listQueue, type ListedObjection, type QueuePage } from './list-objections.ts';
import { moveObjection, type Move, type Receipt } from './move-objection.ts';
import { openObjection, type OpenRequest } from './open-objection.ts';
import { readObjection, type ToldObjection } from './read-objection.ts';

/** What can be done with objections; the faults stand at each use case. */
export interface Objections {
  readonly open: (request: OpenRequest) => Promise<Receipt>;
  readonly move: (move: Move) => Promise<Receipt>;
  readonly read: (caseNumber: string, reader: Actor) => Promise<ToldObjection>;
  readonly listOfPerson: (person: bigint, reader: Actor) => Promise<readonly ListedObjection[]>;
  readonly listQueue: (page: QueuePage) => Promise<readonly ListedObjection[]>;
}

export function createObjections(parts: ObjectionsParts): Objections {
  return {
    open: (request) => openObjection({ draw: drawCaseNumber, ...parts }, request),
    move: (move) => moveObjection(parts, move),
    read: (caseNumber, reader) => readObjection(parts, caseNumber, reader),
    listOfPerson: (person, reader) => listOfPerson(parts, person, reader),
    listQueue: (page) => listQueue(parts, page),
  };
}
