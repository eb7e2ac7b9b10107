/** Records kept, at most: past it the one that was added to longest ago goes. */
export const MAX_TALLIES = 1_000;

/** Named sums. */
export type Tally = Readonly<Record<string, number>>;

/** Sums by id, such as what was saved in a scope. Any method may throw `storage-blocked`. */
export interface TallyStore {
  /** Adds to several records, to all or none; others that add at the same time are not lost. */
  add(changes: ReadonlyMap<string, Tally>): Promise<void>;
  /** What is stored, not yet checked; empty where nothing is. */
  read(id: string): Promise<Readonly<Record<string, unknown>>>;
}

/** The sums with `change` added. */
export function addTally(stored: Tally | undefined, change: Tally): Tally {
  const sums: Record<string, number> = { ...stored };
  for (const [name, value] of Object.entries(change)) {
    const before = sums[name] ?? 0;
    sums[name] = (Number.isFinite(before) ? before : 0) + value;
  }
  return sums;
}

export function createMemoryTallyStore(): TallyStore {
  const tallies = new Map<string, Tally>();
  return {
    async add(changes) {
      for (const [id, change] of changes) {
        const sums = addTally(tallies.get(id), change);
        tallies.delete(id); // the order of a map is that of insertion
        tallies.set(id, sums);
        const [oldest] = tallies.keys();
        if (tallies.size > MAX_TALLIES && oldest !== undefined) tallies.delete(oldest);
      }
    },
    read: async (id) => tallies.get(id) ?? {},
  };
}
