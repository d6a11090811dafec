import { createContext, useContext } from 'react';

/** The nonce of the response being rendered; empty in the browser, which hides nonces from scripts. */
export const NonceContext = createContext('');

export const useNonce = () => useContext(NonceContext);
