export { AttemptLimiter } from './attempt-limiter.ts';
export { createLibrary, type Library } from './library.ts';
export type { Role } from './roles.ts';
export { LibrarySessions, type SessionFacts } from './sessions.ts';
export { createUser, type NewUser, setPassword } from './users.ts';
