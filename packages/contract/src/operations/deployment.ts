import { z } from 'zod';
import { operation, roles } from '../operation.ts';
import { emptyShape, instantShape, noBody, textShape } from '../shapes.ts';

/** A text of the provider's, or where it is. */
const legalShape = z.object({ url: z.string().nullable(), text: textShape.nullable() }).nullable();

/** What the sign-in page shows. Sample logins appear only in a sample deployment. */
export const getDeployment = operation({
  id: 'getDeployment',
  method: 'GET',
  path: '/api/v1/deployment',
  summary: {
    zh: '本部署的公开信息（登录前可读）',
    en: 'Public information about this deployment, readable before signing in',
  },
  roles: 'public',
  command: false,
  nouns: [],
  params: emptyShape,
  query: emptyShape,
  body: noBody,
  answer: z.object({
    name: textShape.meta({ description: 'The provider that runs this deployment' }),
    provider: z.string().meta({ description: 'Its id, as in `accesses` of records' }),
    now: instantShape.meta({
      description: 'The server’s clock; screens count waiting times from it, not from the browser’s',
    }),
    sample: z.boolean().meta({ description: 'A sample deployment with fictional accounts, for trying things out' }),
    sampleLogins: z
      .array(z.object({ login: z.string(), password: z.string(), role: z.enum(roles), displayName: z.string() }))
      .meta({ description: 'Empty unless `sample`' }),
    sampleApiKey: z
      .string()
      .nullable()
      .meta({ description: 'An API key with every scope, of a fictional account; null unless `sample`' }),
    authorityPages: z
      .object({ sms: z.string(), phone: z.string(), home: z.string() })
      .nullable()
      .meta({ description: 'Pages of the simulated authority; null with a real one' }),
    singleSignOn: textShape
      .nullable()
      .meta({ description: 'Name of the provider’s own sign-in for staff; null without one' }),
    customerSignOn: textShape
      .nullable()
      .meta({ description: 'Name of the provider’s own sign-in for customers; null without one' }),
    passwordReset: z.boolean().meta({ description: 'Links to reset a password can be mailed' }),
    authorityByHand: z.boolean().meta({
      description:
        '没有管局接口：由运营人员在管局系统中录入 / There is no line to the authority: operators enter filings in its own form',
    }),
    publicQueryUrl: z.string().meta({ description: 'Where anybody looks up a filing number' }),
    remedyLinks: z.record(z.string(), z.record(z.string(), z.string())).meta({
      description:
        'By provider and action of a remedy, a URL in which {resourceId}, {product}, {accountId} are filled in',
    }),
    policeFiling: z
      .object({ url: z.string(), text: textShape })
      .nullable()
      .meta({ description: 'Where the public-security filing that follows the ICP filing is made' }),
    look: z
      .object({
        title: textShape,
        logo: z.string().nullable(),
        links: z.array(z.object({ text: textShape, url: z.string() })),
        terms: legalShape,
        privacy: legalShape,
        support: z.object({ text: textShape, url: z.string().nullable() }).nullable(),
      })
      .meta({
        description:
          '接入商自己的名称、标志、页脚链接和法律文本 / The provider’s own name of the console, its logo, links at the foot of pages, and legal texts: plain paragraphs with empty lines between them, or a URL',
      }),
  }),
  faults: [],
});
