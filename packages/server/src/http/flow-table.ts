import type { bytesAnswerShape, Operation, OperationId, Operations } from '@openbeian/contract';
import type { Answer } from '@openbeian/contract/client';
import type { RecordState, ServiceKind, SubjectKind } from '@openbeian/model/filing';
import type { z } from 'zod';
import type { Actor, CommandCall, QueryCall } from '../flows/command/call.ts';

/** Operations that HTTP answers itself: who is signed in is the library's, the deployment is configuration. */
export type OwnOperation = 'getSession' | 'getDeployment';

/** Operations that begin a session: HTTP makes cookies of what their flows give. */
export const signInOperations = ['signIn', 'signInWithPasskey', 'signInWithOidc', 'signInWithTicket'] as const;
type SignInOperation = (typeof signInOperations)[number];

/** Whose single sign-on; staff's unless said. */
type OidcSide = 'staff' | 'customers';

/** A session that has begun. */
export interface SignedIn {
  readonly session: Answer<Operations['getSession']>;
  /** The secret of the session's cookie. */
  readonly token: string;
  readonly maxAgeSeconds: number;
  /** The note by which this browser is known from now on. */
  readonly device: string | null;
}

/** Operations whose body is read in a thread of its own: their flows are given its bytes, as they came. */
export const bodiesReadApart = [
  'putInventory',
  'compareInventory',
  'checkInventory',
] as const satisfies readonly OperationId[];
type BodyReadApart = (typeof bodiesReadApart)[number];

/** An answer that a thread has written already, in the contract's shape. */
export interface WrittenAnswer {
  readonly json: string;
}

/** `{ ...params, ...query, ...body }`; a body that is a free record stays whole, as `body`. */
type Flat<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> = Fields<P> &
  Fields<Q> &
  (B extends z.ZodRecord ? { readonly body: z.output<B> } : B extends z.ZodObject ? Fields<B> : unknown);
type Fields<Shape extends z.ZodType> = string extends keyof z.output<Shape> ? unknown : z.output<Shape>;

/** What flows give is only read. */
type DeepReadonly<T> = T extends readonly (infer One)[]
  ? readonly DeepReadonly<One>[]
  : T extends object
    ? { readonly [Key in keyof T]: DeepReadonly<T[Key]> }
    : T;

type FlowOnBytes<O> =
  O extends Operation<infer P, infer Q, z.ZodType, infer A, infer Command>
    ? (
        call: Command extends true ? CommandCall : QueryCall,
        input: Fields<P> & Fields<Q> & { readonly body: Uint8Array },
      ) => Promise<DeepReadonly<z.input<A>> | WrittenAnswer>
    : never;

type FlowOf<O> =
  O extends Operation<infer P, infer Q, infer B, infer A, infer Command>
    ? (
        call: Command extends true ? CommandCall : QueryCall,
        input: B extends z.ZodType<Uint8Array> ? BytesInput<P, Q> : Flat<P, Q, B>,
      ) => Promise<A extends typeof bytesAnswerShape ? z.input<A> : DeepReadonly<z.input<A>>>
    : never;

/** As `Flat`, with the bytes of the body. */
type BytesInput<P extends z.ZodType, Q extends z.ZodType> = Fields<P> & Fields<Q> & { readonly body: Uint8Array };

/** One row of the public query; names of individuals are never in it. */
export interface PublicRecord {
  readonly id: string;
  readonly number: string;
  readonly serviceKind: ServiceKind;
  readonly serviceName: string;
  readonly domainName: string;
  readonly state: RecordState;
  readonly recordedAt: string;
  readonly subject: {
    readonly id: string;
    readonly number: string;
    readonly subjectKind: SubjectKind;
    /** Null for individuals. */
    readonly unitName: string | null;
  };
}

/** `devices`: the notes that the browser brought. */
type SignInFlow<Input> = (call: QueryCall, input: Input & { readonly devices: string | null }) => Promise<SignedIn>;

/** What the routes call: one flow for each operation, and two that are not under /api/v1. */
export type Flows = {
  readonly [Id in Exclude<
    keyof Operations,
    OwnOperation | SignInOperation | BodyReadApart | 'beginOidcSignIn' | 'useLink'
  >]: FlowOf<Operations[Id]>;
} & { readonly [Id in BodyReadApart]: FlowOnBytes<Operations[Id]> } & {
  readonly signIn: SignInFlow<{
    readonly login: string;
    readonly password: string;
    readonly code?: string | undefined;
    /** So many sign-ins come from this address that a password alone is not enough now. */
    readonly isCrowded?: boolean;
  }>;
  readonly signInWithPasskey: SignInFlow<{ readonly response: Readonly<Record<string, unknown>> }>;
  readonly signInWithTicket: SignInFlow<{ readonly ticket: string }>;
  /** `devices`: the notes that the browser brought; `device`: those that it keeps from now on. */
  readonly useLink: (
    call: QueryCall,
    input: { readonly token: string; readonly password?: string | undefined; readonly devices: string | null },
  ) => Promise<{ readonly login: string; readonly device: string }>;
  /** `secret`: what this browser kept since `beginOidcSignIn`. */
  readonly signInWithOidc: SignInFlow<{
    readonly query: string;
    readonly secret: string | null;
    readonly side?: OidcSide;
  }>;
  readonly beginOidcSignIn: (
    call: QueryCall,
    input: { readonly side?: OidcSide },
  ) => Promise<{ readonly url: string; readonly secret: string }>;
} & {
  readonly searchRecords: (
    call: QueryCall,
    input: {
      readonly search: string;
      readonly serviceKind: ServiceKind;
      readonly pageNum: number;
      readonly pageSize: number;
    },
  ) => Promise<{ readonly total: number; readonly rows: readonly PublicRecord[] }>;
  /** A message of the verification service as it came. */
  readonly takeVerificationResult: (
    call: QueryCall,
    message: {
      readonly id: string;
      readonly timestamp: string;
      readonly signature: string;
      readonly body: Uint8Array;
    },
  ) => Promise<{ readonly changed: boolean }>;
  /** Whose API key this is; null when it opens nothing. */
  readonly findApiKey: (
    call: QueryCall,
    input: { readonly keyId: string; readonly secret: string },
  ) => Promise<{ readonly actor: Actor; readonly scopes: readonly string[] } | null>;
  /** What an operator opened in support access, for the customer. */
  readonly recordSupportView: (
    call: QueryCall,
    opened: { readonly accessId: string; readonly operation: string; readonly objectId: string | null },
  ) => Promise<void>;
  /** Requests that were refused, for the audit; `source` of an actor is where the first one came from. */
  readonly recordRefusals: (
    call: QueryCall,
    refusals: readonly {
      readonly actor: Actor;
      readonly operation: string;
      readonly fault: string;
      readonly count: number;
    }[],
  ) => Promise<void>;
  /** What gates said of themselves that asked lately. */
  readonly reportGates: (
    call: QueryCall,
    gates: readonly {
      readonly name: string;
      readonly version: string;
      readonly facts: {
        readonly sequence: number | null;
        readonly decisions:
          | readonly {
              readonly outcome: 'allow' | 'block' | 'indeterminate';
              readonly reason: string;
              readonly count: number;
            }[]
          | null;
        readonly startedAt: string | null;
      };
    }[],
  ) => Promise<void>;
  /** Rises with every change that the gate must know; cheap, for long polling. */
  readonly getGateVersion: (call: QueryCall) => Promise<number>;
};
