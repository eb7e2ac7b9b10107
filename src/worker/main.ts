import { exposeWorker } from './expose-worker.js';
import { createShippedModels } from './shipped-models.js';

exposeWorker(createShippedModels);
