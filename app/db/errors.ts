/** The one way to fail: a closed set of codes, each with its HTTP status, and a message for the user in Chinese. */
const STATUS = {
  /** The input is wrong. */
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  /** Somebody else changed it meanwhile, or it exists already. */
  conflict: 409,
  /** The machine or a rule of the park does not allow it. */
  refused: 422,
  'too-many': 429,
  /** Another process is writing. */
  busy: 503,
  /** The database is missing, of another version, or not as it must be. */
  database: 503,
} as const;

export type AppErrorCode = keyof typeof STATUS;

export class AppError extends Error {
  readonly code: AppErrorCode;
  /** What the user is told, in Chinese. */
  readonly userMessage: string;
  readonly status: number;

  constructor(code: AppErrorCode, userMessage: string, options?: ErrorOptions) {
    super(`${code}: ${userMessage}`, options);
    this.name = 'AppError';
    this.code = code;
    this.userMessage = userMessage;
    this.status = STATUS[code];
  }
}

/** True also for errors made by another copy of this module (the built pages carry their own). */
export function isAppError(error: unknown): error is AppError {
  return error instanceof Error && error.name === 'AppError' && 'userMessage' in error;
}
