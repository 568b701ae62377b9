/** Room between two neighbouring priorities, for an order within them: ten fit below BullMQ's limit of 2 097 152. */
export const bandWidth = 200_000;

/** How many jobs of one owner share a number: so many run before it is another owner's turn. */
export const jobsPerTurn = 16;

/**
 * The first of BullMQ's numbers for a caller's priority. BullMQ takes the smallest number first, and jobs without one
 * before all, so every job gets one; which of its band, {@link enqueueLua} decides.
 *
 * @param priority 0 to 9, 9 the most urgent
 * @returns 1 to 1 800 001
 */
export function firstOfBand(priority: number): number {
  return (9 - priority) * bandWidth + 1;
}

/** The caller's priority of a job that has the number. */
export function toPriority(queueNumber: number): number {
  return 9 - Math.floor((queueNumber - 1) / bandWidth);
}
