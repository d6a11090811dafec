import { useSyncExternalStore } from 'react';
import { Button } from './button.tsx';

const never = () => () => {};
const onClient = () => true;
const onServer = () => false;

/** Prints the page as it stands; not there where scripts do not run, since the browser's own menu does the same. */
export function PrintButton() {
  const ready = useSyncExternalStore(never, onClient, onServer);
  if (!ready) return null;
  return (
    <Button type="button" onClick={() => window.print()}>
      打印
    </Button>
  );
}
