/** Why the installed packages are not those of package-lock.json, or null when they are. */
export function installGap(folder?: string): string | null;
/** Installs if needed and runs one task; resolves to its exit code. */
export function launch(args: string[]): Promise<number>;
