/**
 * Numbers around 0 with variance 1, the same on every machine: integer arithmetic alone, no Math.log or Math.cos,
 * whose last bits differ between platforms.
 */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  const uniform = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  // The sum of 12 uniform numbers has variance 1 and is close to normal.
  return () => {
    let sum = -6
    for (let index = 0; index < 12; index++) sum += uniform()
    return sum
  }
}
