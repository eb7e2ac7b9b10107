/** Counts tasks of more than 50 ms on the page's thread. @returns a function that tells their number so far. */
export function watchLongTasks(): () => number {
  let count = 0;
  const observer = new PerformanceObserver((list) => {
    count += list.getEntries().length;
  });
  observer.observe({ type: 'longtask' });
  return () => {
    count += observer.takeRecords().length;
    return count;
  };
}
