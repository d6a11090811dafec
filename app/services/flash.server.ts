/** What has just been done, carried over one redirect in a short-lived cookie. */
const NAME = 'tidu_flash';

/** A redirect after a form was accepted; the next page says `message`. */
export function redirectSaying(to: string, message: string): Response {
  const value = encodeURIComponent(message.slice(0, 300));
  return new Response(null, {
    status: 303,
    headers: {
      Location: to,
      'Set-Cookie': `${NAME}=${value}; Path=/; Max-Age=30; HttpOnly; SameSite=Lax`,
    },
  });
}

/** The message of the last redirect, if any. */
export function readFlash(cookies: string | null): string | null {
  const found = new RegExp(`(?:^|;\\s*)${NAME}=([^;]+)`).exec(cookies ?? '');
  if (!found) return null;
  try {
    return decodeURIComponent(found[1]!);
  } catch {
    return null;
  }
}

export const clearFlash = `${NAME}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax`;
