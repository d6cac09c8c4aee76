/* The door of objections: whoever objects to his or her treatment entitlement status, for any reason (T-29, T-30). */

export { type Actor } from './actor.ts';
export { type CorrectingFact, factNames } from './correcting-fact.ts';
export { type ListedObjection, type QueuePage } from './list-objections.ts';
export { type ObjectionsParts } from './desk.ts';
export { createObjections, type Objections } from './objections.ts';
export { type Move, type Receipt } from './move-objection.ts';
export { type OpenRequest } from './open-objection.ts';
export { type ToldEvent, type ToldObjection } from './read-objection.ts';
export { actions, openStates, stateNames, type Action, type State } from './states.ts';
