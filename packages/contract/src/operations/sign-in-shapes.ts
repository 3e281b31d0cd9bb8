import { z } from 'zod';
import { instantShape } from '../shapes.ts';

/** 2 to 50 of a-z, 0-9, `.`, `-`, `_`; case does not count. */
export const loginShape = z.string().regex(/^[a-z0-9][a-z0-9._-]{1,49}$/i);
export const personNameShape = z.string().trim().min(1).max(100);
/** What is asked of a new password beyond its length is said by the server. */
export const passwordShape = z.string().min(1).max(200);
/** A one-time secret of a link or ticket. */
export const secretShape = z.string().min(20).max(200);
/** Of an authenticator app, or a recovery code; spaces and hyphens do not count. */
export const codeShape = z.string().min(1).max(40);
/** JSON of WebAuthn, as browsers make it. */
export const webAuthnShape = z.record(z.string(), z.unknown()).meta({ description: 'WebAuthn, level 3: JSON' });

export const signInSessionShape = z
  .object({
    id: z.string(),
    createdAt: instantShape,
    lastSeenAt: instantShape,
    endsAt: instantShape,
    openedBy: z.enum(['password', 'passkey', 'oidc', 'ticket']),
    device: z.string(),
    current: z.boolean(),
  })
  .meta({ id: 'SignInSession' });
