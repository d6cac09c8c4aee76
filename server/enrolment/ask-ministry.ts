import { requestMeansTest } from './means-test/request-means-test.ts';
import { findLatestResult } from './means-test/result-store.ts';
import type { MeansTesting } from './means-testing.ts';
import type { EnrolmentParts } from './parts.ts';

export function meansTestingOf({ clock, ids }: Pick<EnrolmentParts, 'clock' | 'ids'>): MeansTesting {
  return {
    request: async (client, asked) => {
      await requestMeansTest(client, clock, ids, asked);
    },
    latest: findLatestResult,
  };
}
