/**
 * The language in which the messages of interface V3.0 are described: element by element, as the interface's own schemas have
 * them (docs/sources.md `ISP-V3`). One description is checked against, written by, and read by; the order of keys is the order
 * in the document.
 */
export type SchemaNode = LongNode | TextNode | GroupNode;

/** A whole number; `max` null: only what JavaScript counts exactly. */
export interface LongNode {
  readonly kind: 'long';
  readonly min: number;
  readonly max: number | null;
}

/** What a text must look like besides its length; words for people in `text-formats.ts`. */
export type TextFormat = 'phones' | 'emails' | 'day' | 'md5_hex' | 'picture';

export interface TextNode {
  readonly kind: 'text';
  readonly min: number;
  readonly max: number | null;
  readonly format: TextFormat | null;
  /** Of a picture: the most KiB once decoded. */
  readonly kibibytes?: number;
}

/** `sequence`: in this order; `all`: in any; `choice`: exactly one of them. */
export interface GroupNode<P extends Parts = Parts> {
  readonly kind: 'sequence' | 'all' | 'choice';
  readonly parts: P;
}

/** What is inside a group, by element name: a node alone is there exactly once. */
export type Parts = Readonly<Record<string, SchemaNode | Occurs>>;

/** A node that may be left out, or is there several times. */
export interface Occurs<
  N extends SchemaNode = SchemaNode,
  O extends 'optional' | 'list' = 'optional' | 'list',
  Min extends number = number,
> {
  readonly node: N;
  readonly occurs: O;
  readonly min: Min;
  /** Null: as many as there are. */
  readonly max: number | null;
}

export const long = (min: number, max: number | null = null): LongNode => ({ kind: 'long', min, max });

export const text = (min = 0, max: number | null = null): TextNode => ({ kind: 'text', min, max, format: null });

// `NoInfer`: what a part is follows from what is given, not from where it is put, where any part would do.
interface Group<K extends GroupNode['kind'], P extends Parts> extends GroupNode<P> {
  readonly kind: K;
}

export const sequence = <const P extends Parts>(parts: P): Group<'sequence', NoInfer<P>> => ({
  kind: 'sequence',
  parts,
});

export const all = <const P extends Parts>(parts: P): Group<'all', NoInfer<P>> => ({ kind: 'all', parts });

export const choice = <const P extends Parts>(parts: P): Group<'choice', NoInfer<P>> => ({ kind: 'choice', parts });

export const optional = <const N extends SchemaNode>(node: N): Occurs<NoInfer<N>, 'optional', 0> => ({
  node,
  occurs: 'optional',
  min: 0,
  max: 1,
});

/** One or more, or as many as `listOf` says. */
export const list = <const N extends SchemaNode>(node: N): Occurs<NoInfer<N>, 'list', 1> => listOf(node, 1, null);

export const listOf = <const N extends SchemaNode, const Min extends number>(
  node: N,
  min: Min,
  max: number | null,
): Occurs<NoInfer<N>, 'list', Min> => ({ node, occurs: 'list', min, max });

/** An id of either side, or the number of a row in a table: from 1. */
export const id = long(1);
/** A division, six digits. */
export const region = long(100_000);
/** An IPv4 address as one number. */
export const ipv4 = long(1, 4_294_967_295);
export const flag = long(0, 1);
/** A row of a table whose numbers have three digits at most. */
export const code = long(1, 999);
/** A row of a table of 64 rows at most. */
export const row = long(1, 64);

const formatted =
  (format: TextFormat) =>
  (min: number, max: number): TextNode => ({ kind: 'text', min, max, format });

/** Telephone numbers of digits and `-`, several joined by `;`. */
export const phones = formatted('phones');
/** E-mail addresses, several joined by `;`. */
export const emails = formatted('emails');
/** A day such as 2026-11-21. */
export const day = formatted('day')(10, 10);
/** The hash of a filing password (备案密码): MD5 in 32 hexadecimal digits. */
export const md5Hex = formatted('md5_hex')(1, 32);
/** A picture in base64, of so many KiB at most. */
export const picture = (kibibytes: number): TextNode => ({
  kind: 'text',
  min: 1,
  max: null,
  format: 'picture',
  kibibytes,
});

/** One part of a group, written out. */
export interface Part {
  readonly node: SchemaNode;
  readonly isList: boolean;
  readonly min: number;
  readonly max: number | null;
}

export function partOf(each: SchemaNode | Occurs): Part {
  if (!('occurs' in each)) return { node: each, isList: false, min: 1, max: 1 };
  const { node, occurs, min, max } = each;
  return { node, isList: occurs === 'list', min, max };
}

type NodeOf<P> = P extends Occurs<infer N> ? N : P;
type PartValue<P> = P extends { occurs: 'list'; node: infer N } ? readonly ValueOf<N>[] : ValueOf<NodeOf<P>>;
type OptionalKeys<P> = { [Name in keyof P]: P[Name] extends { min: 0; occurs: string } ? Name : never }[keyof P];

/** What a description describes, as it is sent: everything that must be there is. A list of none may be left out. */
export type ValueOf<N> = N extends { kind: 'long' }
  ? number
  : N extends { kind: 'text' }
    ? string
    : N extends { kind: 'choice'; parts: infer P }
      ? { [Name in keyof P]: { readonly [One in Name]: PartValue<P[Name]> } }[keyof P]
      : N extends { parts: infer P }
        ? { readonly [Name in Exclude<keyof P, OptionalKeys<P>>]: PartValue<P[Name]> } & {
            readonly [Name in OptionalKeys<P>]?: PartValue<P[Name]> | undefined;
          }
        : never;

/** The same as it is read: anything may be missing, and of a choice several may be there. */
export type ReadOf<N> = N extends { kind: 'long' }
  ? number
  : N extends { kind: 'text' }
    ? string
    : N extends { parts: infer P }
      ? {
          readonly [Name in keyof P]?: P[Name] extends { occurs: 'list'; node: infer I }
            ? readonly ReadOf<I>[]
            : ReadOf<NodeOf<P[Name]>>;
        }
      : never;
