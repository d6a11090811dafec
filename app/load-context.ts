/** What the server hands to every loader, action and to the rendering of a page. */
export type TiduLoadContext = {
  /** For inline scripts: the Content-Security-Policy of this very response names it. */
  nonce: string;
  /** The visitor's address, for throttling; empty when not known. */
  address: string;
};

declare module '@remix-run/node' {
  interface AppLoadContext extends TiduLoadContext {}
}
