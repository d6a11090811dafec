/** Runs `work` while holding the lock folder, waiting for another living process that has it. */
export function withLock<T>(lock: string, say: (text: string) => void, work: () => Promise<T>): Promise<T>;
