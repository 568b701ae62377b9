/** Room between two neighbouring priorities, for an order within them. */
const bandWidth = 100_000;

/**
 * BullMQ's number for a caller's priority. BullMQ takes the smallest number first, and jobs without one before all,
 * so every job gets one.
 *
 * @param priority 0 to 9, 9 the most urgent
 * @returns 1 to 900 001, within BullMQ's limit of 2 097 152
 */
export function toQueuePriority(priority: number): number {
  return (9 - priority) * bandWidth + 1;
}
