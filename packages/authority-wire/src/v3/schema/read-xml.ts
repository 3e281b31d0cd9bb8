import { pathText } from '@openbeian/model/fault';
import { SaxesParser, type SaxesTagPlain } from 'saxes';
import type { ReadLimits } from '../limits.ts';
import { unreadable } from '../troubles.ts';
import { type GroupNode, type Part, partOf, type ReadOf, type SchemaNode } from './node.ts';

/** Something in a document that its description has otherwise, and what was done about it. */
export interface ReadNote {
  /** e.g. `DownloadData.ICP.BAJG.Jg_xx[0].Jgxx[0].Jgdm` */
  readonly path: string;
  /**
   * `unknown`: an element that no description has, passed over; `missing`: one that should be there; `repeated`: a second one
   * where there is one, passed over; `not_a_number`: left out; `stray_text`: text between elements, passed over.
   */
  readonly kind: 'unknown' | 'missing' | 'repeated' | 'not_a_number' | 'stray_text';
}

export interface ReadDocument<N> {
  readonly value: ReadOf<N>;
  /** Of the root; null when it has none. */
  readonly version: string | null;
  /** The first hundred. */
  readonly notes: readonly ReadNote[];
  readonly moreNotes: number;
}

/** An element that is open. `node` null: nothing inside is looked at. */
interface Frame {
  readonly name: string;
  readonly node: SchemaNode | null;
  readonly parts: ReadonlyMap<string, Part> | null;
  /** Its place in a list of its parent. */
  readonly index: number | null;
  /** Without a prototype; its keys are names of the description only. */
  readonly members: Record<string, unknown>;
  text: string;
}

const mostNotes = 100;
/** Feeding the parser in parts bounds what it gathers before it says anything. */
const stepLength = 16 * 1024;

/**
 * Reads a document as it comes, leniently and within bounds: what the description does not know is passed over and noted, what
 * is missing is noted, and no length or range of a value is held against it. Entities other than XML's own five, document types,
 * and whatever exceeds `limits` are faults.
 * @throws Fault `authority.unreadable`
 */
export class DocumentReader<N extends GroupNode> {
  readonly #parser = new SaxesParser({ position: false, xmlns: false });
  readonly #frames: Frame[] = [];
  readonly #notes: ReadNote[] = [];
  readonly #root: string;
  readonly #node: N;
  readonly #limits: ReadLimits;
  readonly #checkTime: () => void;
  #moreNotes = 0;
  #elements = 0;
  /** Characters fed since the parser last said something. */
  #silent = 0;
  #version: string | null = null;
  #value: Record<string, unknown> | null = null;

  constructor(root: string, node: N, limits: ReadLimits, checkTime: () => void) {
    this.#root = root;
    this.#node = node;
    this.#limits = limits;
    this.#checkTime = checkTime;
    const parser = this.#parser;
    parser.on('error', () => {
      throw unreadable('xml_malformed');
    });
    parser.on('doctype', () => {
      throw unreadable('xml_doctype');
    });
    parser.on('opentag', (tag) => this.#open(tag));
    parser.on('closetag', () => this.#close());
    parser.on('text', (text) => this.#addText(text));
    parser.on('cdata', (text) => this.#addText(text));
    parser.on('comment', () => this.#heard());
    parser.on('processinginstruction', () => this.#heard());
  }

  write(text: string): void {
    for (let start = 0; start < text.length; start += stepLength) {
      const step = text.slice(start, start + stepLength);
      this.#silent += step.length;
      this.#parser.write(step);
      if (this.#silent > this.#limits.textLength + stepLength) throw unreadable('xml_text_too_long');
      this.#checkTime();
    }
  }

  end(): ReadDocument<N> {
    this.#parser.close();
    if (this.#value === null) throw unreadable('xml_malformed');
    return {
      // Every member was put there by the description's own part of that name.
      value: this.#value as ReadOf<N>,
      version: this.#version,
      notes: this.#notes,
      moreNotes: this.#moreNotes,
    };
  }

  #heard(): void {
    this.#silent = 0;
  }

  #open({ name, attributes }: SaxesTagPlain): void {
    this.#heard();
    this.#elements += 1;
    if (this.#elements > this.#limits.elements) throw unreadable('xml_too_many_elements');
    if (this.#frames.length >= this.#limits.depth) throw unreadable('xml_too_deep');
    const parent = this.#frames.at(-1);
    if (parent !== undefined) {
      this.#frames.push(this.#openInside(parent, name));
      return;
    }
    if (name !== this.#root) throw unreadable('xml_root');
    this.#version = attributes['version'] ?? null;
    this.#frames.push(frameOf(name, this.#node, null));
  }

  #openInside(parent: Frame, given: string): Frame {
    if (parent.node === null) return frameOf(given, null, null);
    const name = knownName(parent.parts, given);
    const part = name === null ? undefined : parent.parts?.get(name);
    if (name === null || part === undefined) {
      this.#note('unknown', given);
      return frameOf(given, null, null);
    }
    const before = parent.members[name];
    if (!part.isList) {
      if (before === undefined) return frameOf(name, part.node, null);
      this.#note('repeated', name);
      return frameOf(name, null, null);
    }
    return frameOf(name, part.node, Array.isArray(before) ? before.length : 0);
  }

  #close(): void {
    this.#heard();
    const frame = this.#frames.at(-1);
    if (frame?.node !== undefined && frame.node !== null) {
      const value = this.#valueOf(frame, frame.node);
      this.#frames.pop();
      this.#put(frame, value);
      return;
    }
    this.#frames.pop();
  }

  #valueOf(frame: Frame, node: SchemaNode): unknown {
    if (node.kind === 'text') return frame.text;
    if (node.kind === 'long') return this.#longOf(frame.text.trim());
    if (frame.text.trim() !== '') this.#note('stray_text');
    if (node.kind !== 'choice') {
      for (const [name, part] of frame.parts ?? []) {
        if (part.min > 0 && frame.members[name] === undefined) this.#note('missing', name);
      }
    } else if (Object.keys(frame.members).length === 0) this.#note('missing');
    return frame.members;
  }

  /** Undefined where there is no number that JavaScript counts exactly. */
  #longOf(text: string): number | undefined {
    if (text === '') return undefined;
    const value = /^[+-]?\d{1,19}$/.test(text) ? Number(text) : Number.NaN;
    if (Number.isSafeInteger(value)) return value;
    this.#note('not_a_number');
    return undefined;
  }

  #put({ name, index }: Frame, value: unknown): void {
    const parent = this.#frames.at(-1);
    if (parent === undefined) {
      // The root is a group.
      this.#value = value as Record<string, unknown>;
    } else if (index === null) {
      if (value !== undefined) parent.members[name] = value;
    } else if (value !== undefined) {
      const list = parent.members[name];
      if (Array.isArray(list)) list.push(value);
      else parent.members[name] = [value];
    }
  }

  #addText(text: string): void {
    this.#heard();
    const frame = this.#frames.at(-1);
    if (frame === undefined || frame.node === null) return;
    if (frame.parts !== null) {
      // Between elements one character that is not white space is enough to know.
      if (frame.text === '' && text.trim() !== '') frame.text = '?';
      return;
    }
    frame.text += text;
    if (frame.text.length > this.#limits.textLength) throw unreadable('xml_text_too_long');
  }

  #note(kind: ReadNote['kind'], inside?: string): void {
    if (this.#notes.length === mostNotes) {
      this.#moreNotes += 1;
      return;
    }
    const path = this.#frames.flatMap(({ name, index }) => (index === null ? [name] : [name, index]));
    this.#notes.push({ path: pathText(inside === undefined ? path : [...path, inside]), kind });
  }
}

function frameOf(name: string, node: SchemaNode | null, index: number | null): Frame {
  const parts = node === null || !('parts' in node) ? null : partsOf(node);
  return { name, node, parts, index, members: Object.create(null) as Record<string, unknown>, text: '' };
}

/** Descriptions are constants, so each group is laid out once. */
const laidOut = new WeakMap<GroupNode, ReadonlyMap<string, Part>>();

function partsOf(node: GroupNode): ReadonlyMap<string, Part> {
  const known = laidOut.get(node);
  if (known !== undefined) return known;
  const parts = new Map(Object.entries(node.parts).map(([name, each]) => [name, partOf(each)] as const));
  laidOut.set(node, parts);
  return parts;
}

/** The names of one element in the interface's text and in its schemas, which do not agree; either is understood. */
const otherNames: ReadonlyMap<string, string> = new Map([
  ['DJTB', 'SJTB'],
  ['sjhm', 'Fzr_sjhm'],
  ['Fzr_sjhm', 'sjhm'],
]);

function knownName(parts: ReadonlyMap<string, Part> | null, name: string): string | null {
  if (parts === null) return null;
  if (parts.has(name)) return name;
  const other = otherNames.get(name) ?? name.replace(/^Zfr_/, 'Jfr_');
  return parts.has(other) ? other : null;
}
