import { useEffect, useState } from 'react';
import { Button } from './button.tsx';

/** Prints the page as it stands; not there where scripts do not run, since the browser's own menu does the same. */
export function PrintButton() {
  const [ready, setReady] = useState(false);
  useEffect(() => setReady(true), []);
  if (!ready) return null;
  return (
    <Button type="button" onClick={() => window.print()}>
      打印
    </Button>
  );
}
