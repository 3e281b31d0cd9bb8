export { AttemptLimiter } from './attempt-limiter.ts';
export { createLibrary, type Library } from './library.ts';
export { LibrarySessions } from './sessions.ts';
export { createUser, type NewUser, setPassword } from './users.ts';
