export { createFakeOptimizer } from './client/fake-optimizer.js';
export type { FakeOptimizer, FakeOptimizerOptions } from './client/fake-optimizer.js';
