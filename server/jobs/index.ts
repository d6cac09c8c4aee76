/* The door of the jobs: work that nobody asks for, again and again, by one process at a time. */

export { enrolmentJobs } from './enrolment-jobs.ts';
export { identityJobs } from './identity-jobs.ts';
export { journalJobs } from './journal-jobs.ts';
export type { Job } from './job.ts';
export { meansTestJobs } from './means-test-jobs.ts';
export { noticeJobs } from './notice-jobs.ts';
export { paymentJobs } from './payment-jobs.ts';
export { runJobs, type JobsParts, type RunningJobs } from './run-jobs.ts';
export { watchPartitions } from './watch-partitions.ts';
