/** Whole cents. */
export type Cents = number

/**
 * Splits an amount into parts that differ by at most one cent and add up to the amount.
 * @throws RangeError when there is nothing to split it into.
 */
export function split(amount: Cents, parts: number): Cents[] {
  if (!Number.isInteger(parts) || parts < 1) throw new RangeError(`cannot split into ${parts} parts`)
  const each = Math.trunc(amount / parts)
  const left = amount - each * parts
  return Array.from({ length: parts }, (_, index) => each + (index < left ? 1 : 0))
}
