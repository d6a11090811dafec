export { AppError, isAppError, type AppErrorCode } from '../db/errors.ts';
