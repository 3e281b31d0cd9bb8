export { AttemptLimiter } from './attempt-limiter.ts';
export { createLibrary, type Library } from './library.ts';
export { createCustomerOidcSignIn, createOidcSignIn } from './oidc.ts';
export { createPasskeys } from './passkeys.ts';
export { isCommonPassword } from './passwords/common-passwords.ts';
export { PasswordPool } from './passwords/password-pool.ts';
export { LibrarySessions } from './sessions.ts';
export { createUser, type NewUser } from './users.ts';
