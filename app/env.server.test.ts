import path from 'node:path';
import { expect, test } from 'vitest';
import { readEnv } from './env.server.ts';

test('an empty environment is a production start on this machine only', () => {
  expect(readEnv({})).toMatchObject({
    NODE_ENV: 'production',
    HOST: '127.0.0.1',
    PORT: 3000,
    TRUST_PROXY: false,
    TIDU_HTTPS: false,
  });
});

test.each([
  { url: 'file:/srv/tidu.db', file: '/srv/tidu.db' },
  { url: 'file:/srv/tidu.db?timeout=5', file: '/srv/tidu.db' },
  { url: 'file:./here.db', file: path.resolve('here.db') },
])('the database of $url is $file', ({ url, file }) => {
  expect(readEnv({ DATABASE_URL: url }).databaseFile).toBe(file);
});

test.each([
  { text: '', trusted: false },
  { text: '1', trusted: 1 },
  { text: 'loopback', trusted: 'loopback' },
])('TRUST_PROXY "$text" trusts $trusted', ({ text, trusted }) => {
  expect(readEnv({ TRUST_PROXY: text }).TRUST_PROXY).toBe(trusted);
});

test.each([
  ['PORT', '70000'],
  ['PORT', 'web'],
  ['DATABASE_URL', 'postgres://x'],
  ['TIDU_HTTPS', 'yes'],
])('%s=%s is refused by name', (name, value) => {
  expect(() => readEnv({ [name]: value })).toThrow(name);
});
