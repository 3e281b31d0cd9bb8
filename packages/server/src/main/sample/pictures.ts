import { crc32, deflateSync } from 'node:zlib';

/** What a made-up picture shows. */
interface FictionalPicture {
  /** Lines of text, ASCII; the first one is the title. Other texts make another picture. */
  readonly lines: readonly string[];
  /** `card` has a portrait, `back` an emblem, `page` a stamp. */
  readonly looks: 'card' | 'back' | 'page';
  readonly width?: number;
  readonly height?: number;
  /** Pixels of a fleck of its paper: the coarser, the smaller the file. */
  readonly grain?: number;
}

type Colour = readonly [number, number, number];
const ink: Colour = [40, 44, 52];
const red: Colour = [190, 40, 44];
const grey: Colour = [150, 156, 164];

/**
 * Draws a picture of a document that does not exist, and says so on it: pictures of the sample and of tests. The same texts always
 * give the same bytes, a PNG.
 */
export function drawFictionalPicture({
  lines,
  looks,
  width = 1300,
  height = 800,
  grain = 4,
}: FictionalPicture): Uint8Array<ArrayBuffer> {
  const canvas = new Canvas({ width, height, grain }, seedOf(lines.join('\n') + looks));
  const unit = Math.floor(width / 140);
  canvas.frame(3 * unit, unit);
  const [title = '', ...rest] = lines;
  canvas.text(title, [8 * unit, 9 * unit], { scale: Math.ceil(unit * 0.8), colour: looks === 'card' ? ink : red });
  rest.forEach((line, index) => {
    canvas.text(line, [8 * unit, (24 + 11 * index) * unit], { scale: Math.ceil(unit * 0.55), colour: ink });
  });
  canvas.text('FICTIONAL SAMPLE - NOT A DOCUMENT', [8 * unit, Math.floor(height * 0.86)], {
    scale: Math.ceil(unit * 0.55),
    colour: grey,
  });
  const [x, y] = [Math.floor(width * 0.8), Math.floor(height * 0.5)];
  if (looks === 'card') canvas.portrait(Math.floor(width * 0.84), y, Math.floor(height * 0.17));
  else canvas.ring(x, y, Math.floor(height * 0.16));
  return canvas.toPng();
}

/** FNV-1a. */
function seedOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return hash >>> 0;
}

interface TextLook {
  /** Pixels of one dot of a letter. */
  readonly scale: number;
  readonly colour: Colour;
}

interface Paper {
  readonly width: number;
  readonly height: number;
  readonly grain: number;
}

class Canvas {
  readonly #width: number;
  readonly #height: number;
  readonly #flecks: number;
  readonly #pixels: Uint8Array;

  /** Paper: light, with a grain, since no photo of paper has one colour. */
  constructor({ width, height, grain }: Paper, seed: number) {
    this.#width = width;
    this.#height = height;
    this.#flecks = grain;
    this.#pixels = new Uint8Array(width * height * 3);
    let state = seed || 1;
    for (let y = 0; y < height; y += grain) {
      for (let x = 0; x < width; x += grain) {
        state ^= state << 13;
        state ^= state >>> 17;
        state ^= state << 5;
        const light = 226 + ((state >>> 8) % 14) - Math.floor((12 * y) / height);
        this.#grain(x, y, light);
      }
    }
  }

  #grain(x: number, y: number, light: number): void {
    const [right, below] = [Math.min(x + this.#flecks, this.#width), Math.min(y + this.#flecks, this.#height)];
    for (let row = y; row < below; row += 1) {
      for (let pixel = (row * this.#width + x) * 3; pixel < (row * this.#width + right) * 3; pixel += 3) {
        this.#pixels[pixel] = light;
        this.#pixels[pixel + 1] = light - 2;
        this.#pixels[pixel + 2] = light - 8;
      }
    }
  }

  text(text: string, [left, top]: readonly [number, number], { scale, colour }: TextLook): void {
    Array.from(text.toUpperCase()).forEach((character, index) => {
      (letters[character] ?? []).forEach((column, x) => {
        for (let y = 0; y < 7; y += 1) {
          if ((column >> y) & 1) this.#fill([left + (index * 6 + x) * scale, top + y * scale], scale, scale, colour);
        }
      });
    });
  }

  frame(inset: number, thickness: number): void {
    const [width, height] = [this.#width - 2 * inset, this.#height - 2 * inset];
    this.#fill([inset, inset], width, thickness, grey);
    this.#fill([inset, inset + height - thickness], width, thickness, grey);
    this.#fill([inset, inset], thickness, height, grey);
    this.#fill([inset + width - thickness, inset], thickness, height, grey);
  }

  ring(x: number, y: number, radius: number): void {
    this.#disc(x, y, [radius * 0.88, radius], red);
    this.#disc(x, y, [0, radius * 0.3], red);
  }

  portrait(x: number, y: number, radius: number): void {
    this.#fill([x - radius, y - radius], 2 * radius, Math.floor(2.4 * radius), [200, 208, 216]);
    this.#disc(x, y - Math.floor(radius * 0.2), [0, radius * 0.45], [120, 104, 96]);
    this.#disc(x, y + Math.floor(radius * 1.1), [0, radius * 0.7], [70, 84, 120]);
  }

  #disc(x: number, y: number, [inner, outer]: readonly [number, number], colour: Colour): void {
    const reach = Math.ceil(outer);
    for (let down = -reach; down <= reach; down += 1) {
      for (let right = -reach; right <= reach; right += 1) {
        const distance = Math.hypot(right, down);
        if (distance >= inner && distance <= outer) this.#fill([x + right, y + down], 1, 1, colour);
      }
    }
  }

  #fill([left, top]: readonly [number, number], width: number, height: number, colour: Colour): void {
    for (let y = Math.max(0, top); y < Math.min(this.#height, top + height); y += 1) {
      for (let x = Math.max(0, left); x < Math.min(this.#width, left + width); x += 1) {
        this.#pixels.set(colour, (y * this.#width + x) * 3);
      }
    }
  }

  toPng(): Uint8Array<ArrayBuffer> {
    const [width, height] = [this.#width, this.#height];
    const rows = Buffer.alloc(height * (width * 3 + 1));
    for (let y = 0; y < height; y += 1) {
      rows.set(this.#pixels.subarray(y * width * 3, (y + 1) * width * 3), y * (width * 3 + 1) + 1);
    }
    const header = Buffer.alloc(13);
    header.writeUInt32BE(width, 0);
    header.writeUInt32BE(height, 4);
    // 8 bits of red, green and blue.
    header.set([8, 2, 0, 0, 0], 8);
    const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
    const parts = [
      chunk('IHDR', header),
      chunk('IDAT', deflateSync(rows, { level: 2 })),
      chunk('IEND', Buffer.alloc(0)),
    ];
    return new Uint8Array(Buffer.concat([signature, ...parts]));
  }
}

function chunk(type: string, data: Uint8Array): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.byteLength);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}

/** Five columns of seven dots each, the lowest bit on top. */
const letters: Readonly<Record<string, readonly number[]>> = Object.fromEntries(
  (
    '0:3E5149453E 1:00427F4000 2:4261514946 3:2141454B31 4:1814127F10 5:2745454539 6:3C4A494930 7:0171090503 8:3649494936 ' +
    '9:064949291E A:7E1111117E B:7F49494936 C:3E41414122 D:7F4141221C E:7F49494941 F:7F09090901 G:3E4149497A H:7F0808087F ' +
    'I:00417F4100 J:2040413F01 K:7F08142241 L:7F40404040 M:7F020C027F N:7F0408107F O:3E4141413E P:7F09090906 Q:3E4151215E ' +
    'R:7F09192946 S:4649494931 T:01017F0101 U:3F4040403F V:1F2040201F W:3F4038403F X:6314081463 Y:0708700807 Z:6151494543 ' +
    '-:0808080808 .:0060600000 /:2010080402'
  )
    .split(' ')
    .map((glyph) => [glyph[0] ?? '', (glyph.slice(2).match(/../g) ?? []).map((byte) => Number.parseInt(byte, 16))]),
);
