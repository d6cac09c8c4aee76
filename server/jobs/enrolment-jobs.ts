import type { Enrolment } from '../enrolment/index.ts';
import type { Job } from './job.ts';

const minute = 60;
const atOnce = 100;
/** So that nothing that goes wrong again and again is done without an end. */
const mostParts = 1_000;

type Work = (now: Date, limit: number) => Promise<number>;

/** A full part means that there may be more; what failed is due later, or is tried again at the next turn. */
function inParts(name: string, everySeconds: number, work: Work): Job {
  return {
    name,
    everySeconds,
    run: async (now, signal) => {
      for (let part = 0; part < mostParts && (await work(now, atOnce)) === atOnce; part += 1) signal.throwIfAborted();
    },
  };
}

/** What applications and covers need from time to time. All of it asks for the day by itself: a late run makes up for it. */
export function enrolmentJobs(
  enrolment: Pick<
    Enrolment,
    'moveOnByDay' | 'renewCovers' | 'billAwaitingFigures' | 'recheckApplications' | 'drainCovers'
  >,
): readonly Job[] {
  return [
    inParts('covers-to-dossiers', 10, enrolment.drainCovers),
    inParts('covers-renewed', 10 * minute, enrolment.renewCovers),
    inParts('applications-by-day', 10 * minute, enrolment.moveOnByDay),
    inParts('registries-asked-again', 5 * minute, enrolment.recheckApplications),
    inParts('bills-awaiting-figures', minute, enrolment.billAwaitingFigures),
  ];
}
