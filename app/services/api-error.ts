/** What a call of the interface is told when it fails: the same form everywhere, wherever it fails. Pure. */

/** Codes that only a call can meet; those of services come besides (see db/errors.ts). */
const STATUS = {
  /** The address, a parameter or the body is wrong. */
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  'method-not-allowed': 405,
  'length-required': 411,
  'too-large': 413,
  'unsupported-type': 415,
  /** Understood, but nothing in it can be judged. */
  unprocessable: 422,
} as const;

export class ApiError extends Error {
  readonly code: keyof typeof STATUS;
  readonly status: number;
  /** Where it is wrong: a parameter, a line of the body; null for the call as a whole. */
  readonly at: string | null;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    code: keyof typeof STATUS,
    message: string,
    at: string | null = null,
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.name = 'ApiError';
    this.code = code;
    this.status = STATUS[code];
    this.at = at;
    this.headers = headers;
  }
}

/** The body of a failed call, or the line of something refused among others. */
export const errorBody = (code: string, message: string, at: string | null) => ({
  error: { code, message, at },
});

/** Whether an address belongs to the interface, whose errors are JSON. */
export const isApiPath = (path: string): boolean => path === '/api' || path.startsWith('/api/');
