import { z } from 'zod';
import { operation } from '../operation.ts';
import { emptyShape, noBody, sessionShape } from '../shapes.ts';

export const signIn = operation({
  id: 'signIn',
  method: 'POST',
  path: '/api/v1/session',
  summary: { zh: '登录', en: 'Sign in' },
  roles: 'public',
  command: false,
  nouns: [],
  params: emptyShape,
  query: emptyShape,
  body: z.strictObject({ login: z.string().min(1).max(100), password: z.string().min(1).max(200) }),
  answer: sessionShape,
  faults: ['auth.wrong_credentials', 'auth.too_many_attempts'],
});

export const getSession = operation({
  id: 'getSession',
  method: 'GET',
  path: '/api/v1/session',
  summary: { zh: '当前登录者', en: 'Who is signed in' },
  roles: ['customer', 'reviewer', 'operator', 'auditor'],
  command: false,
  nouns: [],
  params: emptyShape,
  query: emptyShape,
  body: noBody,
  answer: sessionShape,
  faults: [],
});

export const signOut = operation({
  id: 'signOut',
  method: 'DELETE',
  path: '/api/v1/session',
  summary: { zh: '退出登录', en: 'Sign out' },
  roles: ['customer', 'reviewer', 'operator', 'auditor'],
  command: false,
  nouns: [],
  params: emptyShape,
  query: emptyShape,
  body: noBody,
  answer: z.object({ signedOut: z.literal(true) }),
  faults: [],
});
