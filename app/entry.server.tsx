import { Transform } from 'node:stream';
import {
  createReadableStreamFromReadable,
  type AppLoadContext,
  type EntryContext,
  type HandleErrorFunction,
} from '@remix-run/node';
import { RemixServer } from '@remix-run/react';
import { isbot } from 'isbot';
import { renderToPipeableStream } from 'react-dom/server';
import { NonceContext } from './nonce.ts';

/** After this long, what has not come is given up and the page ends with what it has. */
const abortDelay = 5000;

/**
 * React 18 pads its buffers with zero bytes where a character of several bytes does not fit in at the end: Chinese
 * pages would carry them in the middle of words and attributes. No page has one of its own.
 */
const withoutGaps = () =>
  new Transform({
    transform(chunk: Buffer, _encoding, done) {
      done(null, chunk.includes(0) ? chunk.filter((byte) => byte !== 0) : chunk);
    },
  });

export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  context: EntryContext,
  { nonce }: AppLoadContext,
) {
  // Whoever cannot run scripts gets the page whole; browsers get it as it comes.
  const whole = isbot(request.headers.get('user-agent') ?? '') || context.isSpaMode;
  return new Promise<Response>((resolve, reject) => {
    let started = false;
    let code = status;
    const send = () => {
      started = true;
      const body = withoutGaps();
      // Without this the timer would keep every finished request in memory for its five seconds.
      body.on('close', () => clearTimeout(timer));
      headers.set('Content-Type', 'text/html; charset=utf-8');
      resolve(new Response(createReadableStreamFromReadable(body), { headers, status: code }));
      pipe(body);
    };
    const { pipe, abort } = renderToPipeableStream(
      <NonceContext.Provider value={nonce}>
        <RemixServer context={context} url={request.url} abortDelay={abortDelay} nonce={nonce} />
      </NonceContext.Provider>,
      {
        nonce,
        onShellReady: whole ? undefined : send,
        onAllReady: whole ? send : () => clearTimeout(timer),
        onShellError(error) {
          clearTimeout(timer);
          reject(error);
        },
        onError(error) {
          code = 500;
          // Before the shell is out, the rejection above reports it.
          if (started) console.error(error);
        },
      },
    );
    const timer = setTimeout(abort, abortDelay);
  });
}

/** Reports what loaders and actions throw, except what follows from the visitor having left. */
export const handleError: HandleErrorFunction = (error, { request }) => {
  if (!request.signal.aborted) console.error(error);
};
