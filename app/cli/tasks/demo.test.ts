import { expect, test } from 'vitest';
import { describeLogins } from './demo.ts';

test.each([
  {
    name: 'the last line of the result',
    output:
      '{"step":1}\n{"enterprises":1200,"logins":[{"username":"staff","password":"p","role":"园区科室"}]}\n',
    expected: ['园区科室：staff / p'],
  },
  { name: 'a result without logins', output: '{"enterprises":1200}\n', expected: [] },
  { name: 'no result at all', output: '', expected: [] },
])('logins are read from $name', ({ output, expected }) => {
  expect(describeLogins(output)).toEqual(expected);
});
