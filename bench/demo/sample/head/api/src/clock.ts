/** The one place that reads the time. */
export interface Clock {
  now(): number
}
