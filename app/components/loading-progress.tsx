import { useEffect } from 'react';
import { useRevalidator } from '@remix-run/react';
import { whole } from './format.ts';
import { Card } from './page.tsx';

/** How far work on the whole park is; the page looks again by itself, with scripts and without. */
export function LoadingProgress({ words, done, of }: { words: string; done: number; of: number }) {
  const { revalidate } = useRevalidator();
  useEffect(() => {
    const timer = setInterval(revalidate, 500);
    return () => clearInterval(timer);
  }, [revalidate]);
  return (
    <Card>
      <noscript>
        <meta httpEquiv="refresh" content="2" />
      </noscript>
      <div role="status" aria-live="polite">
        <p className="mb-2">
          {words} {whole(done)} / {whole(of)} 家；可以离开此页
        </p>
        <progress max={of || 1} value={done} aria-label={words} />
      </div>
    </Card>
  );
}
