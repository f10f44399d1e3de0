const AWAY = new Set([
  'MongoServerSelectionError',
  'MongooseServerSelectionError',
  'MongoNetworkError',
  'MongoNetworkTimeoutError',
  'MongoNotConnectedError',
  'MongoTopologyClosedError',
  'MongoOperationTimeoutError',
  'MongoServerClosedError',
  'MongoPoolClosedError',
  'MongoPoolClearedError',
  'MongoWaitQueueTimeoutError',
  'MongoClientClosedError',
]);

/** Whether an exception says that the database cannot be reached now, so that the asker hears it and nothing is logged as a bug. */
export function isDatabaseAway(error: unknown): boolean {
  return error instanceof Error && AWAY.has(error.name);
}
