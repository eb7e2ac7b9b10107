/** The first of `0` to `count - 1` for which `is` holds, as it does for all after it; else `count`. */
export function findFirst(count: number, is: (index: number) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (is(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
