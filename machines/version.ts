/**
 * Version of the machines that a stored snapshot was written by. Raise it when a state or the shape of the
 * snapshot changes in a way that an older snapshot does not fit, and add `migrations/to-vN.ts`.
 */
export const MACHINE_VERSION = 1;

/** Version of the machines of a batch and of its rows, stored with every batch. */
export const BATCH_VERSION = 1;
