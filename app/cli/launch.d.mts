/** Why the installed packages are not those of package-lock.json, or null when they are. */
export function installGap(folder?: string): string | null;
/** Binaries of a platform that are wanted and not installed, by their path in the lock file. */
export function skippedHere(folder?: string, here?: { platform: string; arch: string }): string[];
/** Installs if needed and runs one task; resolves to its exit code. */
export function launch(args: string[]): Promise<number>;
/** The Node that runs npm: the host's, never the bundled one, which an install deletes. `node` where only PATH knows. */
export function nodeForNpm(env?: Record<string, string | undefined>, own?: string): string;
