import { expect, test, vi } from 'vitest';

test('a request to an outside host that no mock answers is refused', async () => {
  vi.mocked(console.error).mockImplementation(() => {});
  await expect(fetch('https://example.invalid/')).rejects.toThrow();
});
