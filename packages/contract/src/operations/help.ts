import { z } from 'zod';
import { operation } from '../operation.ts';
import { emptyShape, noBody, textShape } from '../shapes.ts';

export const listHelp = operation({
  id: 'listHelp',
  method: 'GET',
  path: '/api/v1/help',
  summary: { zh: '帮助条目', en: 'Help texts' },
  roles: 'public',
  command: false,
  nouns: [],
  params: emptyShape,
  query: z.strictObject({
    topic: z.string().max(100).optional(),
    /** A question or words of it, in either language: the best texts first. */
    search: z.string().max(200).optional(),
  }),
  body: noBody,
  answer: z.object({
    articles: z.array(
      z.object({
        id: z.string(),
        title: textShape,
        body: textShape,
        topics: z.array(z.string()),
        /** Other words in which people ask it: for searching, not for showing. */
        asked: z.object({ zh: z.array(z.string()), en: z.array(z.string()) }),
        source: z.array(z.string()).meta({ description: 'Labels of `sources`' }),
        group: z.string().meta({ description: 'Id of one of `groups`' }),
      }),
    ),
    groups: z.array(
      z.object({
        id: z.string(),
        title: textShape,
        reader: z.enum(['everybody', 'provider']).meta({ description: '`provider`: what only its own people need' }),
      }),
    ),
    sources: z
      .array(z.object({ label: z.string(), title: textShape, published: textShape, url: z.string().nullable() }))
      .meta({ description: 'The documents that these articles name' }),
  }),
  faults: [],
});
