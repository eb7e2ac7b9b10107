// The real worker in a browser that refuses IndexedDB: imports run in this order.
import './refuse-indexed-db.js';
import '../../worker/main.js';
