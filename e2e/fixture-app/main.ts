import { createOptimizer } from 'skimp';
import { createSkimpFetch } from 'skimp/fetch';
import { createAsk } from './ask.js';

const optimizer = createOptimizer({ scope: 'fixture', maxErrorRate: 0.05, deadlineMs: 10_000 });
globalThis.fixture = {
  ready: () => optimizer.loadModel(),
  ask: createAsk(createSkimpFetch, optimizer),
};
