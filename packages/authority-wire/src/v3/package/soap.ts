import { SaxesParser, type SaxesTagNS } from 'saxes';
import { type ReadLimits, startDeadline } from '../limits.ts';
import { escapeXml } from '../schema/write-xml.ts';
import { unreadable } from '../troubles.ts';
import { refuseLongMarkup } from './markup.ts';

const envelopeNamespace = 'http://schemas.xmlsoap.org/soap/envelope/';

/** What is in the body of a SOAP 1.1 envelope: one element whose members are texts, as all of interface V3.0 is. */
export interface SoapBody {
  /** Local name, e.g. `isp_upload` or `isp_uploadResponse`; `Fault` for a fault. */
  readonly name: string;
  readonly namespace: string;
  /** Local name and text of each member, in their order. */
  readonly members: readonly (readonly [name: string, text: string])[];
}

/** The envelope of one call or answer, in UTF-8. */
export function writeSoap({ name, namespace, members }: SoapBody, { qualified = false } = {}): string {
  const prefix = qualified ? 'm:' : '';
  const inside = members.map(([member, text]) => `<${prefix}${member}>${escapeXml(text)}</${prefix}${member}>`);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>\n',
    `<soapenv:Envelope xmlns:soapenv="${envelopeNamespace}"><soapenv:Body>`,
    `<m:${name} xmlns:m="${escapeXml(namespace)}">${inside.join('')}</m:${name}>`,
    '</soapenv:Body></soapenv:Envelope>',
  ].join('');
}

const stepLength = 64 * 1024;

/**
 * Reads an envelope, leniently: members by their local names, whatever their namespace; what is deeper is part of no text.
 * @throws Fault `authority.unreadable`
 */
export function readSoap(text: string, limits: ReadLimits, nowMs?: () => number): SoapBody {
  const reader = new SoapReader(limits);
  const checkTime = startDeadline(limits, nowMs);
  if (text.length > limits.packedBytes * 2) throw unreadable('packed_too_large');
  refuseLongMarkup(text, limits);
  for (let start = 0; start < text.length; start += stepLength) {
    reader.write(text.slice(start, start + stepLength));
    checkTime();
  }
  return reader.end();
}

class SoapReader {
  readonly #parser = new SaxesParser({ position: false, xmlns: true });
  readonly #limits: ReadLimits;
  readonly #members: [name: string, text: string][] = [];
  #head: { readonly name: string; readonly namespace: string } | null = null;
  #isInBody = false;
  #depth = 0;
  #elements = 0;

  constructor(limits: ReadLimits) {
    this.#limits = limits;
    const parser = this.#parser;
    parser.on('error', () => {
      throw unreadable('xml_malformed');
    });
    parser.on('doctype', () => {
      throw unreadable('xml_doctype');
    });
    parser.on('opentag', (tag) => this.#open(tag));
    parser.on('closetag', () => {
      this.#depth -= 1;
    });
    parser.on('text', (part) => this.#addText(part));
    parser.on('cdata', (part) => this.#addText(part));
  }

  write(text: string): void {
    this.#parser.write(text);
  }

  end(): SoapBody {
    this.#parser.close();
    if (this.#head === null) throw unreadable('soap_malformed');
    return { ...this.#head, members: this.#members };
  }

  #open({ local, uri }: SaxesTagNS): void {
    this.#depth += 1;
    this.#elements += 1;
    if (this.#elements > this.#limits.elements) throw unreadable('xml_too_many_elements');
    if (this.#depth > this.#limits.depth) throw unreadable('xml_too_deep');
    if (this.#depth === 1 && (local !== 'Envelope' || uri !== envelopeNamespace)) throw unreadable('soap_malformed');
    if (this.#depth === 2) this.#isInBody = local === 'Body' && uri === envelopeNamespace;
    if (!this.#isInBody) return;
    if (this.#depth === 3 && this.#head === null) this.#head = { name: local, namespace: uri };
    if (this.#depth === 4) this.#members.push([local, '']);
  }

  #addText(text: string): void {
    const last = this.#members.at(-1);
    if (this.#isInBody && this.#depth === 4 && last !== undefined) last[1] += text;
  }
}
