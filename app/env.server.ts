// The environment, checked once at start. Nothing else reads process.env for settings of the program.
import path from 'node:path';
import { z } from 'zod';

const root = path.resolve(process.env.TIDU_ROOT ?? process.cwd());

const port = z.coerce.number().int().min(0).max(65535);

/** Express' `trust proxy`: a number of hops, or names such as `loopback`. Empty: no proxy is trusted. */
const trustProxy = z
  .string()
  .default('')
  .transform((text) => (/^\d+$/.test(text) ? Number(text) : text === '' ? false : text));

const flag = z
  .enum(['0', '1'])
  .default('0')
  .transform((text) => text === '1');

const schema = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('production'),
  PORT: port.default(3000),
  HOST: z.string().min(1).default('127.0.0.1'),
  DATABASE_URL: z
    .string()
    .regex(/^file:./, '须写作 file:路径')
    .default('file:prisma/data/tidu.db'),
  TRUST_PROXY: trustProxy,
  /** 1 where the site is reached by https: HSTS and secure cookies. */
  TIDU_HTTPS: flag,
  /** Key with which reviews are sealed, at least 32 characters; without it a key file is used. */
  TIDU_SEAL_KEY: z.string().min(32, '至少 32 个字符').optional(),
  /** Where the key file lies; default: beside the database file, with `.seal-key` after its name. */
  TIDU_SEAL_KEY_FILE: z.string().min(1).optional(),
  TIDU_UPLOAD_LIMIT_MB: z.coerce.number().positive().max(1024).default(64),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});

export type Env = z.output<typeof schema> & {
  /** Absolute path of the database file, with the query part of the address dropped. */
  databaseFile: string;
};

/**
 * Checks an environment.
 * @param source variables as given; a relative database path is taken from the project's folder
 * @throws Error with one line per wrong variable, in Chinese
 */
export function readEnv(source: Record<string, string | undefined>): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''));
  const result = schema.safeParse(given);
  if (!result.success) {
    const lines = result.error.issues.map((issue) => `  ${issue.path.join('.')}：${issue.message}`);
    throw new Error(`环境变量有误：\n${lines.join('\n')}`);
  }
  const file = result.data.DATABASE_URL.replace(/^file:/, '').replace(/\?.*$/, '');
  return { ...result.data, databaseFile: path.resolve(root, file) };
}

let checked: Env | undefined;

/** The program's own environment, checked at the first call. */
export const env = (): Env => (checked ??= readEnv(process.env));
