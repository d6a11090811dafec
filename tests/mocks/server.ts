import { http, passthrough } from 'msw';
import { setupServer } from 'msw/node';

/** Servers that a test starts on this machine are its own affair. */
const local = http.all(/^https?:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d+)?\//, () => passthrough());

/**
 * Stands for every outside system. Handlers of one system live in a file of their own beside this one; a request
 * that none answers is an error, so that no test reaches the network.
 */
export const mockServer = setupServer(local);
