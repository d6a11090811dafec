/** Who calls: by the token in the header, or as who is signed in, which reads alone. */
import { ApiError } from '../services/api-error.ts';
import { readerOf, type Clock, type Db } from '../services/database.server.ts';
import { parkWithBelow } from '../services/parks.server.ts';
import type { SessionUser } from '../services/sessions.server.ts';
import { tokenHolder } from '../services/tokens.server.ts';
import type { Caller } from './endpoint.ts';

const ASK = { 'WWW-Authenticate': 'Bearer realm="tidu"' };

export interface Call {
  readonly db: Db;
  readonly clock: Clock;
  /** Who is signed in by the cookie. */
  readonly user: SessionUser | null;
  /** The visitor's address. */
  readonly address: string;
}

/**
 * Finds out who calls.
 * @throws ApiError `unauthenticated`, `forbidden` (a one-time password is still to be changed);
 *   AppError `unauthenticated`, `too-many` for wrong tokens
 */
export async function callerOf(request: Request, { db, clock, user, address }: Call): Promise<Caller> {
  const header = request.headers.get('authorization');
  if (header !== null) {
    const token = /^Bearer +(\S+)$/i.exec(header)?.[1];
    if (token === undefined)
      throw new ApiError(
        'unauthenticated',
        'Authorization 应写作 Bearer 加一个空格和令牌',
        'Authorization',
        ASK,
      );
    const { role, enterpriseId, parkId } = await tokenHolder(db, clock, { token, address });
    return {
      role,
      enterpriseId,
      parkIds: parkId === null ? null : parkWithBelow(readerOf(db.raw), parkId),
    };
  }
  if (!user)
    throw new ApiError('unauthenticated', '需要令牌：Authorization: Bearer 令牌', 'Authorization', ASK);
  // A page elsewhere can make a browser send its cookie, but not a header.
  if (request.method !== 'GET' && request.method !== 'HEAD')
    throw new ApiError('unauthenticated', '浏览器的登录只能用于 GET，其他请求须带令牌', 'Authorization', ASK);
  if (user.mustChange) throw new ApiError('forbidden', '请先登录，修改一次性密码');
  return { role: user.role, enterpriseId: user.enterpriseId, parkIds: null };
}
