import { inOneShape, type Resource } from '@openbeian/model/eligibility';

/**
 * The resource of the line that was read last. One is used for all lines, so that a fleet makes no objects: whoever keeps
 * it keeps `copy()`. Ids, which hardly ever come twice, become texts only when somebody asks.
 */
export class LineResource implements Resource {
  provider = '';
  product = '';
  account: Resource['account'] = undefined;
  region: Resource['region'] = undefined;
  billing: Resource['billing'] = undefined;
  boughtAt: Resource['boughtAt'] = undefined;
  expiresAt: Resource['expiresAt'] = undefined;
  firstTerm: Resource['firstTerm'] = undefined;
  orderAmountCny: Resource['orderAmountCny'] = undefined;
  package: Resource['package'] = undefined;
  environment: LineEnvironment | undefined = undefined;
  state: Resource['state'] = 'running';
  trial = false;
  publicIps: Resource['publicIps'] = undefined;
  bandwidthMbps: Resource['bandwidthMbps'] = undefined;
  used: Resource['used'] = { codes: 0, sites: 0 };

  /** The bytes that it was read from; ids are parts of it. */
  bytes: Buffer = Buffer.alloc(0);
  idFrom = 0;
  idTo = 0;
  /** Where `account` is given. */
  accountFrom = 0;
  accountTo = 0;
  /** 0: none. */
  boundFrom = 0;
  boundEnd = 0;

  readonly ownPackage: NonNullable<Resource['package']> = {};
  readonly ownEnvironment = new LineEnvironment(this);
  readonly ownUsed = { codes: 0, sites: 0 };

  get id(): string {
    return this.bytes.toString('latin1', this.idFrom, this.idTo);
  }

  get boundTo(): string | undefined {
    return this.boundFrom === 0 ? undefined : this.bytes.toString('latin1', this.boundFrom, this.boundEnd);
  }

  /** Forgets the line before. */
  clear(bytes: Buffer): void {
    this.bytes = bytes;
    this.idFrom = 0;
    this.boundFrom = 0;
    this.provider = '';
    this.product = '';
    this.account = undefined;
    this.region = undefined;
    this.billing = undefined;
    this.boughtAt = undefined;
    this.expiresAt = undefined;
    this.firstTerm = undefined;
    this.orderAmountCny = undefined;
    this.package = undefined;
    this.environment = undefined;
    this.state = 'running';
    this.trial = false;
    this.publicIps = undefined;
    this.bandwidthMbps = undefined;
    this.used = none;
  }

  copy(): Resource {
    return inOneShape({
      ...inOneShape(this),
      package: this.package && { ...this.package },
      environment: this.environment && { id: this.environment.id, filingService: this.environment.filingService },
      used: { ...this.used },
    });
  }
}

const none = { codes: 0, sites: 0 };

/** Where the id is asked for, it is made of the line's bytes. */
class LineEnvironment {
  readonly #line: { readonly bytes: Buffer };
  idFrom = 0;
  idTo = 0;
  filingService: NonNullable<Resource['environment']>['filingService'] = undefined;

  constructor(line: { readonly bytes: Buffer }) {
    this.#line = line;
  }

  get id(): string | undefined {
    return this.idFrom === 0 ? undefined : this.#line.bytes.toString('latin1', this.idFrom, this.idTo);
  }
}

/** A resource that may be kept: the one of a line is used again for the next. */
export function keptResource(resource: Resource): Resource {
  return resource instanceof LineResource ? resource.copy() : resource;
}
