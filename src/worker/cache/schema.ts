import type { DBSchema, IDBPDatabase, IDBPTransaction, StoreNames } from 'idb';
import type { StoredResponse } from '../../shared/prompt-request.js';
import type { Feedback } from './feedback.js';
import type { ServedRecord } from './feedback-store.js';
import type { Tally } from './tally-store.js';

/** One stored answer. */
export type CacheEntry = {
  /** Keyed hash of scope and prompt: see scope-key.ts. */
  readonly key: string;
  /** Keyed hash of everything but the prompt: answers are shared within it. */
  readonly scope: string;
  /** Keyed hash of the app's own scope: what `clear(scope)` removes. */
  readonly owner: string;
  readonly prompt: string;
  readonly response: StoredResponse;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  readonly expiresAt: number;
  /** Upper estimate of the space taken. */
  readonly bytes: number;
  readonly hits: number;
  /** Lowest is evicted first: see eviction-priority.ts. */
  readonly priority: number;
  /** Fingerprint of the embedder whose vector is stored; '' before there is one. */
  readonly embedder: string;
};

/** One vector that is not yet in a segment. */
export type TailRecord = {
  readonly key: string;
  readonly scope: string;
  readonly embedder: string;
  readonly scale: number;
  /** Shape (dims). */
  readonly values: Int8Array;
};

/** Vectors by the thousand: reading 100,000 takes 0.2 s so, and 1.2 s in records of one. */
export type SegmentRecord = {
  readonly id?: number;
  readonly embedder: string;
  readonly keys: readonly string[];
  readonly scopes: readonly string[];
  readonly scales: Float32Array;
  /** Shape (rows, dims). */
  readonly values: Int8Array;
};

/** Sums over `entries`, kept in the transactions that change it. */
export type Totals = {
  readonly entries: number;
  readonly bytes: number;
  /** Priority of what was evicted last: see eviction-priority.ts. */
  readonly inflation: number;
};

/** Sums under one id. */
export type TallyRecord = {
  readonly id: string;
  readonly sums: Tally;
  /** Grows with each addition to any record. */
  readonly order: number;
};

export interface CacheSchema extends DBSchema {
  entries: {
    key: string;
    value: CacheEntry;
    // `bytes` rides along, so that key cursors can do the sums without reading values.
    indexes: {
      'by-owner': [string, number];
      'by-expiry': [number, number];
      'by-priority': [number, number];
      'by-embedder': string;
      'by-age': [number, string];
      'by-owner-age': [string, number, string];
    };
  };
  tail: { key: string; value: TailRecord };
  segments: { key: number; value: SegmentRecord };
  totals: { key: 'all'; value: Totals };
  secrets: { key: 'hmac'; value: CryptoKey };
  /** By threshold: see threshold.ts. */
  feedback: { key: string; value: Feedback };
  served: { key: [string, string]; value: ServedRecord; indexes: { 'by-order': number } };
  tallies: { key: string; value: TallyRecord; indexes: { 'by-order': number } };
}

export type CacheDatabase = IDBPDatabase<CacheSchema>;
export type CacheTransaction = IDBPTransaction<CacheSchema, StoreNames<CacheSchema>[], 'readwrite'>;
type UpgradeTransaction = IDBPTransaction<CacheSchema, StoreNames<CacheSchema>[], 'versionchange'>;

/** Step n lifts a database from version n to n + 1. Append; never edit one that shipped. */
const upgrades: readonly ((db: CacheDatabase, tx: UpgradeTransaction) => void)[] = [
  (db) => {
    const entries = db.createObjectStore('entries', { keyPath: 'key' });
    entries.createIndex('by-owner', ['owner', 'bytes']);
    entries.createIndex('by-expiry', ['expiresAt', 'bytes']);
    entries.createIndex('by-priority', ['priority', 'bytes']);
    entries.createIndex('by-embedder', 'embedder');
    db.createObjectStore('tail', { keyPath: 'key' });
    db.createObjectStore('segments', { keyPath: 'id', autoIncrement: true });
    db.createObjectStore('totals');
    db.createObjectStore('secrets');
  },
  (db) => {
    db.createObjectStore('feedback');
    const served = db.createObjectStore('served', { keyPath: ['threshold', 'key'] });
    served.createIndex('by-order', 'order');
  },
  (db) => {
    const tallies = db.createObjectStore('tallies', { keyPath: 'id' });
    tallies.createIndex('by-order', 'order');
  },
  (_db, tx) => {
    const entries = tx.objectStore('entries');
    entries.createIndex('by-age', ['createdAt', 'key']);
    entries.createIndex('by-owner-age', ['owner', 'createdAt', 'key']);
  },
];

export const databaseVersion = upgrades.length;

/** Runs the steps that a database of version `from` lacks. */
export function upgradeDatabase(db: CacheDatabase, from: number, tx: UpgradeTransaction): void {
  for (const step of upgrades.slice(from)) step(db, tx);
}
