export { AppError, isAppError } from '../db/errors.ts';
