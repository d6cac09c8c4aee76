/* The means test: what the ministry is asked, what it answers, and what follows for deciles 8 to 10. */

export { contestDecile, type Contest } from './contest-decile.ts';
export { followDeciles, type OnUnpaid } from './follow-deciles.ts';
export { importResults, type ImportedResults, type ImportResultsOptions } from './import-results.ts';
export { findBatch, makeBatch, type Batch, type BatchKind } from './make-batch.ts';
export { countByBatch, escalateOverdue, listOverdue, type BatchState, type OverdueInquiry } from './overdue.ts';
export { type FileParts, type MeansTestParts } from './parts.ts';
export { readMeansTests, type ToldMeansTests } from './read-means-tests.ts';
export { referenceOf } from './reference.ts';
export { fetchResults, sendInquiries, type FetchedCounts, type SentCounts } from './send-inquiries.ts';
export { batchForms, writeBatch, type BatchForm, type WrittenBatch } from './write-batch.ts';
